// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.heaplens.lint.Finding;
import org.heaplens.lint.LintResult;

/** Java files that were analysed together. Keeps what was found out about their functions. Confined to one thread. */
public final class JavaProgram {
	private final LintResult result;
	private final ProgramRun run;

	JavaProgram(LintResult result, ProgramRun run) {
		this.result = result;
		this.run = run;
	}

	/** What was found, without the fixes that {@link #fix} finds. */
	public LintResult result() {
		return result;
	}

	/**
	 * Looks for fixes of findings, which takes longer than to find them: a fix is only offered if with the fixed text its
	 * finding is gone and no other has appeared in any of the files.
	 *
	 * @param findings of this program, all or some
	 * @return the same findings, in the same order, with their fixes; those in files that changed since stay without
	 */
	public List<Finding> fix(List<Finding> findings) {
		Map<String, List<Finding>> byFile = new LinkedHashMap<>();
		findings.forEach(finding -> byFile.computeIfAbsent(finding.location().file(), file -> new ArrayList<>()).add(finding));
		Map<Finding, Finding> fixed = new HashMap<>();
		byFile.forEach((file, of) -> {
			List<Finding> with = of.stream().anyMatch(finding -> finding.fixes().isEmpty()) ? run.fix(file, of) : of;
			for (int index = 0; index < of.size(); index++) {
				fixed.put(of.get(index), with.get(index));
			}
		});
		return findings.stream().map(finding -> Optional.ofNullable(fixed.get(finding)).orElse(finding)).toList();
	}
}
