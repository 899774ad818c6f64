// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.List;

/**
 * What a run over files brought. Immutable.
 *
 * @param findings in source order, files in the order of their names
 * @param problems what could not be analysed; the rest was
 * @param files    how many files were analysed; at least 0
 * @param ignored  what would be findings, did the source not ask to ignore them; in source order
 */
public record LintResult(List<Finding> findings, List<LintProblem> problems, int files, List<Ignored> ignored) {
	public LintResult {
		findings = List.copyOf(findings);
		problems = List.copyOf(problems);
		ignored = List.copyOf(ignored);
	}

	/** A result with nothing ignored. */
	public LintResult(List<Finding> findings, List<LintProblem> problems, int files) {
		this(findings, problems, files, List.of());
	}
}
