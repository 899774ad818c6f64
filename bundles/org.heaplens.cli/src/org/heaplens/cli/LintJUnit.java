// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.heaplens.cli.text.JUnitXml;
import org.heaplens.cli.text.JUnitXml.Case;
import org.heaplens.cli.text.JUnitXml.Outcome;
import org.heaplens.lint.Finding;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.report.LintReport;
import org.heaplens.lint.report.Recorded;
import org.heaplens.lint.report.ReportPaths;

/** Findings as results of tests: a suite for each file, a case for each finding. */
final class LintJUnit {
	private static final String GROUP = "heaplens.lint";

	private LintJUnit() {}

	/**
	 * @param fails whether a finding fails the run; others, and what is in the baseline, are skipped cases
	 * @param paths how files are named
	 */
	static List<JUnitXml.Suite> of(LintReport report, Predicate<LintReport.Entry> fails, ReportPaths paths) {
		Map<String, List<Case>> files = new TreeMap<>();
		for (LintReport.Entry entry : report.entries()) {
			Finding finding = entry.finding();
			files.computeIfAbsent(paths.of(finding.location().file()), file -> new ArrayList<>())
					.add(new Case(GROUP + "." + finding.rule(), "line " + finding.line() + ": " + finding.rule(),
							fails.test(entry) ? Outcome.FAILED : Outcome.SKIPPED,
							finding.message() + (entry.known() ? " (in the baseline)" : ""), details(finding, paths)));
		}
		for (LintProblem problem : report.problems()) {
			files.computeIfAbsent(paths.of(problem.file()), file -> new ArrayList<>())
					.add(new Case(GROUP, problem.line() > 0 ? "line " + problem.line() : "analysis", Outcome.BROKEN, problem.message(),
							""));
		}
		var suites = new ArrayList<JUnitXml.Suite>();
		// A build server takes a report without any case for a broken one.
		suites.add(new JUnitXml.Suite(GROUP,
				List.of(new Case(GROUP, LintCommand.count(report.files(), "file") + " analysed", Outcome.PASSED, "", ""))));
		files.forEach((file, cases) -> suites.add(new JUnitXml.Suite(file, cases)));
		for (Recorded recorded : report.recording().stream().toList()) {
			suites.add(new JUnitXml.Suite(recorded.trace(), recorded.unforeseen().stream().map(each -> new Case(GROUP + ".unpredicted",
					each.frame(), Outcome.FAILED, each.blocks() + " blocks, " + each.bytes() + " bytes " + recorded.left(), "")).toList()));
		}
		return suites;
	}

	private static String details(Finding finding, ReportPaths paths) {
		return finding.path().stream().map(step -> paths.of(step.location().file()) + ":" + step.location().line() + ": " + step.text())
				.collect(Collectors.joining("\n"));
	}
}
