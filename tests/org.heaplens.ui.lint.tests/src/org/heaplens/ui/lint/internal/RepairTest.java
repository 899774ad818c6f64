// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.Location;
import org.heaplens.lint.Severity;
import org.heaplens.lint.TextEdit;
import org.junit.jupiter.api.Test;

/** Here a text is wrong wherever a letter stands in brackets; the fix of [a] is to write A instead. */
class RepairTest {
	private static final Pattern WRONG = Pattern.compile("\\[([a-z])\\]");

	@Test
	void oneFindingIsRepairedAndNothingElseChanges() {
		assertEquals("[a] B [c]", apply(Repair.of(RepairTest::lint, "b", "upper"), "[a] [b] [c]"));
	}

	@Test
	void chosenFindingsAreRepaired() {
		assertEquals("A [b] C", apply(Repair.of(RepairTest::lint, Set.of("a", "c"), "upper"), "[a] [b] [c]"));
	}

	@Test
	void allOfARuleAreRepairedEachWithItsOwnEdit() {
		Repair repair = Repair.ofAll(RepairTest::lint, "brackets", "upper");

		assertEquals("A B C", apply(repair, "[a] [b] [c]"));
		assertEquals(3, repair.edits("[a] [b] [c]").size());
	}

	@Test
	void fixesThatTouchAreAppliedOneAfterTheOther() {
		assertEquals("x AB C y", apply(Repair.ofAll(RepairTest::lint, "brackets", "upper"), "x [a][b] [c] y"));
	}

	@Test
	void aFixThatBringsForthWhatItRepairsEnds() {
		var again = new Fix("again", "", false, List.of(new TextEdit("", 0, 0, "!")));
		Repair repair = Repair.ofAll(text -> lint(text).stream().map(each -> each.withFixes(List.of(again))).toList(),
				"brackets", "again");

		assertEquals("!".repeat(200) + "[a]", apply(repair, "[a]"));
	}

	@Test
	void nothingIsRepairedWhereNothingIsFound() {
		assertEquals(List.of(), Repair.of(RepairTest::lint, "b", "upper").edits("[a]"));
		assertEquals(List.of(), Repair.of(RepairTest::lint, "a", "other").edits("[a]"));
		assertEquals(List.of(), Repair.ofAll(RepairTest::lint, "other", "upper").edits("[a]"));
	}

	private static String apply(Repair repair, String text) {
		return new Fix("", "", false, repair.edits(text)).applyTo(text);
	}

	private static List<Finding> lint(String text) {
		var found = new ArrayList<Finding>();
		for (var match = WRONG.matcher(text); match.find();) {
			String letter = match.group(1);
			var fix = new Fix("upper", "", true,
					List.of(new TextEdit("", match.start(), match.end() - match.start(), letter.toUpperCase())));
			var place = new Location("", 1, match.start() + 1, match.start(), match.end() - match.start());
			found.add(new Finding("brackets", Severity.ERROR, letter, place, List.of(), List.of(fix), letter));
		}
		return found;
	}
}
