// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.SourceText;

/**
 * Offers fixes: only those after which the text, analysed again, has fewer findings and no new ones. Stateless.
 */
public final class Fixes {
	/** What a text has without the help of bindings: fixed texts are compared with it. */
	private record Baseline(Set<String> fingerprints, int findings, int errors) {
		static Baseline of(SourceText source) {
			CompilationUnit unit = Parsing.parse(source.text());
			List<Diagnosis> diagnoses = Analysis.of(unit, source).diagnoses();
			var fingerprints = new HashSet<String>();
			diagnoses.forEach(diagnosis -> fingerprints.add(diagnosis.finding().fingerprint()));
			int errors = 0;
			for (IProblem problem : unit.getProblems()) {
				errors += problem.isError() ? 1 : 0;
			}
			return new Baseline(fingerprints, diagnoses.size(), errors);
		}

		/** Whether {@code fixed} is what remains after one finding is gone. */
		boolean without(Baseline fixed) {
			return fixed.findings < findings && fixed.errors <= errors && fingerprints.containsAll(fixed.fingerprints);
		}
	}

	private Fixes() {}

	/** The findings with their fixes. */
	public static List<Finding> add(List<Diagnosis> diagnoses, CompilationUnit unit, SourceText source) {
		var findings = new ArrayList<Finding>();
		var free = new FreeBeforeExit(unit, source);
		Optional<Baseline> before = Optional.empty();
		for (Diagnosis diagnosis : diagnoses) {
			Optional<Fix> fix = free.fix(diagnosis);
			if (fix.isPresent() && before.isEmpty()) {
				before = Optional.of(Baseline.of(source));
			}
			boolean good = fix.isPresent() && verified(fix.get(), diagnosis, before.orElseThrow(), source);
			findings.add(good ? diagnosis.finding().withFixes(List.of(fix.orElseThrow())) : diagnosis.finding());
		}
		return findings;
	}

	private static boolean verified(Fix fix, Diagnosis diagnosis, Baseline before, SourceText source) {
		return before.fingerprints().contains(diagnosis.finding().fingerprint()) && before
				.without(Baseline.of(new SourceText(source.file(), fix.applyTo(source.text()))));
	}
}
