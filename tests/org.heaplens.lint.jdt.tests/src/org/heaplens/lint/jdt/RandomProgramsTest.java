
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.heaplens.lint.SourceText;
import org.heaplens.lint.api.ApiModels;
import org.heaplens.lint.jdt.internal.Analysis;
import org.heaplens.lint.jdt.internal.Parsing;
import org.junit.jupiter.api.Test;

/** Compares the linter with a run of every path. */
class RandomProgramsTest {
	private static final int PROGRAMS = 500;

	private static TreeSet<String> found(Program program) {
		String source = Snippets.BEFORE + String.join("\n", program.lines()) + Snippets.AFTER;
		return Analysis.of(Parsing.parse(source), new SourceText("App.java", source), ApiModels.builtIn()).diagnoses().stream()
				.filter(diagnosis -> !diagnosis.finding().rule().equals("unchecked-allocation")) // the world does not tell who looks
				.map(diagnosis -> diagnosis.finding().line() + " " + diagnosis.finding().rule())
				.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String numbered(Program program) {
		var text = new StringBuilder();
		for (int line = 0; line < program.lines().size(); line++) {
			text.append(line + 1).append('\t').append(program.lines().get(line)).append('\n');
		}
		return text.toString();
	}

	@Test
	void findingsAreThoseOfAllPaths() {
		long seed = System.nanoTime();
		int findings = 0;
		for (int number = 0; number < PROGRAMS; number++) {
			var program = new Program(new Random(seed + number), false);
			String what = "seed " + (seed + number) + "\n" + numbered(program);
			TreeSet<String> expected = World.findings(program);
			assertEquals(expected, found(program), what);
			findings += expected.size();
		}
		assertTrue(findings > PROGRAMS / 2, "the programs are too harmless: " + findings);
	}

	@Test
	void nothingIsMissedWhereVariablesAreCopied() {
		long seed = System.nanoTime();
		for (int number = 0; number < PROGRAMS; number++) {
			var program = new Program(new Random(seed + number), true);
			String what = "seed " + (seed + number) + "\n" + numbered(program);
			TreeSet<String> found = found(program);
			TreeSet<String> expected = World.findings(program);
			assertTrue(found.containsAll(expected), () -> "found only " + found + " of " + expected + ", " + what);
		}
	}

	@Test
	void everyFixLeavesFewerFindings() {
		long seed = System.nanoTime();
		for (int number = 0; number < PROGRAMS / 10; number++) {
			var program = new Program(new Random(seed + number), false);
			String what = "seed " + (seed + number) + "\n" + numbered(program);
			String source = Snippets.BEFORE + String.join("\n", program.lines()) + Snippets.AFTER;
			var findings = Snippets.fixable(source);
			for (var finding : findings) {
				for (var fix : finding.fixes()) {
					int left = Snippets.unbound(fix.applyTo(source)).size();
					assertTrue(left < findings.size(), () -> "a finding stays, " + what);
				}
			}
		}
	}
}
