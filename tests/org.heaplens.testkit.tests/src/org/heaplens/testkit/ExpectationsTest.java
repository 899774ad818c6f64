
package org.heaplens.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Location;
import org.heaplens.lint.Severity;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ExpectationsTest {
	private static Finding finding(int line, String rule) {
		return new Finding(rule, Severity.ERROR, "message", new Location("A.java", line, 1, 0, 1), List.of(),
				List.of(), rule + line);
	}

	/** Reports a rule on each line that has its name in it. */
	private static List<Finding> words(String source) {
		var findings = new ArrayList<Finding>();
		String[] lines = source.split("\n", -1);
		for (int line = 1; line <= lines.length; line++) {
			for (String word : List.of("zebra", "leak", "free")) {
				for (int at = lines[line - 1].indexOf(word); at >= 0; at = lines[line - 1].indexOf(word, at + 1)) {
					findings.add(finding(line, word));
				}
			}
		}
		return findings;
	}

	private static void check(String source) {
		Expectations.check(ExpectationsTest::words, source);
	}

	private static AssertionFailedError fails(String source) {
		return assertThrows(AssertionFailedError.class, () -> check(source));
	}

	@Test
	void silenceIsExpectedWithoutMarks() {
		check("nothing\nhere\n");
		check("");
		check("\n\n");
	}

	@Test
	void anExpectedFindingPasses() {
		check("a leak(); // finds leak\nb\n");
	}

	@Test
	void anUnexpectedFindingFails() {
		fails("a leak();\n");
	}

	@Test
	void aMissingFindingFails() {
		fails("a(); // finds leak\n");
	}

	@Test
	void aFindingOnAnotherLineFails() {
		fails("a(); // finds leak\nleak();\n");
	}

	@Test
	void anotherRuleFails() {
		fails("leak(); // finds free\n");
	}

	@Test
	void severalRulesOnALineAreOrderedByName() {
		check("zebra leak free // finds free, leak, zebra\n");
		fails("zebra leak free // finds zebra, leak, free\n");
	}

	@Test
	void oneOfSeveralMayNotBeMissing() {
		fails("zebra leak // finds leak\n");
	}

	@Test
	void aRuleThatIsReportedTwiceIsNamedTwice() {
		check("leak leak // finds leak, leak\n");
		fails("leak leak // finds leak\n");
	}

	@Test
	void aMarkMayEndTheText() {
		check("x\nleak // finds leak");
		fails("x\nleak");
	}

	@Test
	void linesMayEndWithCarriageReturns() {
		check("a\r\nleak // finds leak\r\nb\r\n");
		fails("a\r\nleak\r\nb\r\n");
		fails("a\r\nb // finds leak\r\n");
	}

	@Test
	void trailingBlanksAndOtherCommentsStay() {
		check("leak  // why\t // finds leak\nx  \n");
	}

	@Test
	void aFindingBehindTheTextFails() {
		Function<String, List<Finding>> analyzer = source -> List.of(finding(9, "leak"));
		assertThrows(AssertionFailedError.class, () -> Expectations.check(analyzer, "x\n"));
	}

	@Test
	void theAnalyzerSeesNoMarks() {
		Expectations.check(source -> {
			assertEquals("a\nb\n", source);
			return List.of();
		}, "a\nb\n");
		assertThrows(AssertionFailedError.class, () -> Expectations.check(source -> {
			assertEquals("a\nb", source);
			return List.of();
		}, "a // finds leak\nb // finds free"));
	}

	@Test
	void aFailureShowsBothTexts() {
		AssertionFailedError error = fails("a(); // finds leak\nleak();\n");
		assertEquals("a(); // finds leak\nleak();\n", error.getExpected().getStringRepresentation());
		assertEquals("a();\nleak(); // finds leak\n", error.getActual().getStringRepresentation());
		assertTrue(error.isExpectedDefined());
	}

	@Test
	void anErrorOfTheAnalyzerIsNotHidden() {
		assertThrows(IllegalStateException.class, () -> Expectations.check(source -> {
			throw new IllegalStateException("broken");
		}, "x"));
	}
}
