// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.util.List;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.Location;
import org.heaplens.lint.Severity;
import org.heaplens.lint.Step;
import org.heaplens.lint.TextEdit;

/** Findings to report. */
final class Samples {
	static final String SOURCE = "class A {\n\tvoid f() {\n\t\tb = dMalloc(1);\n\t}\n}\n";
	static final Location ALLOCATION = new Location("src/a b.java", 3, 7, 28, 10);
	static final Fix FIX = new Fix("free-before-exit", "Free it", true, List.of(new TextEdit("src/a b.java", 41, 0, "dFree(b);\n")));

	private Samples() {}

	static Finding finding(Fix... fixes) {
		return new Finding("leaked-manual-block", Severity.ERROR, "Block 'b' \"leaks\"", ALLOCATION,
				List.of(new Step(ALLOCATION, "allocated here"), new Step(new Location("src/a b.java", 4, 2, 41, 1), "ends here")),
				List.of(fixes), "0123456789abcdef");
	}

	static Finding finding(String file, String fingerprint) {
		return new Finding("double-free", Severity.ERROR, "Twice", new Location(file, 1, 1, 0, 1), List.of(), List.of(), fingerprint);
	}

	static LintReport report(Finding... findings) {
		return LintReport.of(new LintResult(List.of(findings), List.of(), 1));
	}
}
