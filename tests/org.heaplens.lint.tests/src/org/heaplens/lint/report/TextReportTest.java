// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import static org.heaplens.lint.report.Samples.FIX;
import static org.heaplens.lint.report.Samples.finding;
import static org.heaplens.lint.report.Samples.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Location;
import org.heaplens.lint.Severity;
import org.heaplens.lint.Step;
import org.junit.jupiter.api.Test;

class TextReportTest {
	private static String text(LintReport report) {
		return TextReport.write(report, file -> Samples.SOURCE, Style.PLAIN);
	}

	@Test
	void looksLikeACompilers() {
		assertEquals("""
				src/a b.java:3:7: error: Block 'b' "leaks" [leaked-manual-block]
				   3 | \t\tb = dMalloc(1);
				     | \t\t    ^~~~~~~~~~
				  1. line 3: allocated here  | b = dMalloc(1);
				  2. line 4: ends here       | }
				""", text(report(finding())));
	}

	@Test
	void namesFixes() {
		assertTrue(text(report(finding(FIX))).endsWith("  fix: Free it (--fix does so)\n"));
	}

	@Test
	void aStepInAnotherFileNamesIt() {
		Finding finding = finding();
		var away = new Finding(finding.rule(), finding.severity(), finding.message(), finding.location(),
				List.of(new Step(new Location("src/Helper.java", 2, 1, 10, 1), "handed over here")), List.of(), "1");
		assertTrue(text(report(away)).contains("  1. src/Helper.java:2: handed over here  | void f() {\n"), text(report(away)));
	}

	@Test
	void aMissingSourceCostsOnlyTheExcerpt() {
		assertEquals("""
				src/a b.java:3:7: error: Block 'b' "leaks" [leaked-manual-block]
				  1. line 3: allocated here
				  2. line 4: ends here
				""", TextReport.write(report(finding()), file -> "", Style.PLAIN));
	}

	@Test
	void nothingFoundIsNoText() {
		assertEquals("", text(report()));
	}

	@Test
	void coloursOnlyAddToTheText() {
		String coloured = TextReport.write(report(finding(FIX)), file -> Samples.SOURCE, Style.COLOURED);
		assertTrue(coloured.contains("\u001b[1;31merror:\u001b[0m"), coloured);
		assertEquals(text(report(finding(FIX))), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
	}

	@Test
	void whatIsKnownIsLeftOut() {
		var known = new LintReport(List.of(new LintReport.Entry(finding(), true, Optional.empty())), List.of(), List.of(), 1, true,
				List.of(), Optional.empty());
		assertEquals("", text(known));
	}

	@Test
	void aSourceCannotSteerTheTerminal() {
		String report = TextReport.write(report(finding()), file -> Samples.SOURCE.replace("dMalloc", "\u001b[2J\u0007lloc"), Style.PLAIN);
		assertFalse(report.contains("\u001b") || report.contains("\u0007"), report);
	}

	@Test
	void aLongLineIsCutAroundItsPlace() {
		String line = "x".repeat(5000) + "dMalloc(1)" + "y".repeat(5000);
		var finding = new Finding("double-free", Severity.WARNING, "Twice", new Location("A.java", 1, 5001, 5000, 10), List.of(), List.of(),
				"1");
		List<String> lines = TextReport.write(report(finding), file -> line, Style.PLAIN).lines().toList();
		assertTrue(lines.get(1).length() < 200, lines.get(1));
		assertEquals(lines.get(1).indexOf("dMalloc(1)"), lines.get(2).indexOf('^'));
	}

	@Test
	void theCaretStandsBelowWideCharacters() {
		var finding = new Finding("double-free", Severity.WARNING, "Twice", new Location("A.java", 1, 9, 8, 1), List.of(), List.of(), "1");
		List<String> lines = TextReport.write(report(finding), file -> "/* 释放 */f(b);", Style.PLAIN).lines().toList();
		assertEquals("     |           ^", lines.get(2));
	}

	@Test
	void aRunConfirmsOrNot() {
		for (String expected : List.of("confirmed, 2 blocks, 64 bytes left, of 5 made here", "not confirmed, 5 made here and all freed",
				"not confirmed, the run made no block here")) {
			long blocks = expected.startsWith("confirmed") ? 2 : 0;
			var run = new Evidence(expected.endsWith("no block here") ? 0 : 5, blocks, blocks * 32);
			var report = new LintReport(List.of(new LintReport.Entry(finding(), false, Optional.of(run))), List.of(), List.of(), 1, false,
					List.of(), Optional.empty());
			assertTrue(text(report).contains("  run: " + expected + "\n"), text(report));
		}
	}

	@Test
	void whatNobodyPredictedIsToldLast() {
		var place = new Location("A.java", 3, 1, 22, 0);
		var recorded = new Recorded("a.heaptrace", "leaked",
				List.of(new Recorded.Unforeseen("A.f(A.java:3)", Optional.of(place), false, 1, 64)));
		var report = new LintReport(List.of(), List.of(), List.of(), 1, false, List.of(), Optional.of(recorded));
		assertTrue(text(report).startsWith("A.java:3: not predicted: 1 block, 64 bytes leaked, made by A.f(A.java:3)\n"), text(report));
	}
}
