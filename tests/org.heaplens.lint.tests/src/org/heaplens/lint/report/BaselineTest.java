// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import static org.heaplens.lint.report.Samples.finding;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.heaplens.lint.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {
	private static final Path FOLDER = Path.of("");
	private static final Finding ONE = finding("a/A.java", "1");
	private static final Finding COPY = finding("b/A.java", "1");
	private static final Finding OTHER = finding("a/A.java", "2");

	private static Baseline.Comparison compare(List<Finding> then, List<Finding> now) {
		return Baseline.of(then, FOLDER).compare(now, FOLDER);
	}

	@Test
	void whatIsInItIsKnown() {
		assertEquals(new Baseline.Comparison(Set.of(ONE), List.of()), compare(List.of(ONE), List.of(ONE, OTHER)));
	}

	@Test
	void anEntryStandsForOneFinding() {
		assertEquals(Set.of(COPY), compare(List.of(COPY), List.of(ONE, COPY)).known());
		assertEquals(Set.of(ONE, COPY), compare(List.of(ONE, COPY), List.of(COPY, ONE)).known());
	}

	@Test
	void aFileMayBeRenamed() {
		assertEquals(new Baseline.Comparison(Set.of(COPY), List.of()), compare(List.of(ONE), List.of(COPY)));
	}

	@Test
	void whatIsNotFoundAgainIsGone() {
		assertEquals(List.of("2"),
				compare(List.of(ONE, OTHER), List.of(ONE)).gone().stream().map(Baseline.Entry::fingerprint).toList());
	}

	@Test
	void itsTextIsReadBack() throws IOException {
		Baseline baseline = Baseline.of(List.of(OTHER, ONE, finding("ä \"b\".java", "3")), FOLDER);
		assertEquals(baseline.entries(), Baseline.read(baseline.text()).entries());
		assertEquals(3, baseline.text().lines().count());
		assertEquals("", Baseline.EMPTY.text());
	}

	@Test
	void itsTextDoesNotDependOnTheOrderOfFindings() {
		assertEquals(Baseline.of(List.of(ONE, OTHER, COPY), FOLDER).text(), Baseline.of(List.of(COPY, OTHER, ONE), FOLDER).text());
	}

	@Test
	void filesAreNamedFromItsFolder() {
		Finding inside = finding(Path.of("x/y/A.java").toAbsolutePath().toString(), "1");
		assertEquals("y/A.java", Baseline.of(List.of(inside), Path.of("x")).entries().get(0).file());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"fingerprint":"1"}              | line 2 has no fingerprint or no rule
			[]                               | line 2 is no finding of a baseline
			{"fingerprint":                  | line 2 is no JSON
			<xml/>                           | line 2 is no JSON
			""")
	void whatIsNoneIsToldWithItsLine(String line, String message) {
		IOException failure = assertThrows(IOException.class, () -> Baseline.read("\n" + line + "\n"));
		assertEquals(message, String.valueOf(failure.getMessage()).replaceAll("(is no JSON).*", "$1"));
	}
}
