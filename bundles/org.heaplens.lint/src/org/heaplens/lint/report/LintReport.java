// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.util.List;
import java.util.Optional;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.LintResult;

/**
 * What a run brought, and how it compares with a baseline and with a recording of the program. Immutable.
 *
 * @param entries   in source order, files in the order of their names
 * @param ignored   what the source asks to ignore
 * @param problems  what could not be analysed; the rest was
 * @param files     how many files were analysed; at least 0
 * @param compared  whether there is a baseline
 * @param gone      what is in the baseline and was not found again
 * @param recording what a run of the program says, if there is a recording of one
 */
public record LintReport(List<Entry> entries, List<Ignored> ignored, List<LintProblem> problems, int files, boolean compared,
		List<Baseline.Entry> gone, Optional<Recorded> recording) {
	public LintReport {
		entries = List.copyOf(entries);
		ignored = List.copyOf(ignored);
		problems = List.copyOf(problems);
		gone = List.copyOf(gone);
	}

	/**
	 * One finding.
	 *
	 * @param known whether it is in the baseline
	 * @param run   what a run of the program says about it; only leaks can be told so
	 */
	public record Entry(Finding finding, boolean known, Optional<Evidence> run) {}

	/** All that was found, compared with nothing. */
	public static LintReport of(LintResult result) {
		return new LintReport(result.findings().stream().map(finding -> new Entry(finding, false, Optional.empty())).toList(),
				result.ignored(), result.problems(), result.files(), false, List.of(), Optional.empty());
	}

	/** What is found and not in the baseline. */
	public List<Entry> fresh() {
		return entries.stream().filter(entry -> !entry.known()).toList();
	}
}
