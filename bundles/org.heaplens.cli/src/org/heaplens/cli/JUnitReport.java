// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.heaplens.cli.analysis.Rule.Verdict;
import org.heaplens.cli.text.JUnitXml;

/** Verdicts as the XML that build servers read: a suite for each recording, a case for each rule. */
final class JUnitReport {
	private JUnitReport() {}

	static void write(Path report, Map<Path, List<Verdict>> verdicts) {
		var suites = new ArrayList<JUnitXml.Suite>();
		verdicts.forEach((recording, rules) -> suites
				.add(new JUnitXml.Suite(recording.toString(), rules.stream().map(JUnitReport::verdict).toList())));
		try (OutputStream stream = Files.newOutputStream(report)) {
			JUnitXml.write(suites, stream);
		} catch (IOException e) {
			throw new CannotRun("cannot write " + report + ": " + Reasons.of(e), e);
		}
	}

	private static JUnitXml.Case verdict(Verdict verdict) {
		return new JUnitXml.Case("heaplens.check", verdict.rule(), verdict.holds() ? JUnitXml.Outcome.PASSED : JUnitXml.Outcome.FAILED,
				verdict.rule() + ": " + verdict.figures(), "");
	}
}
