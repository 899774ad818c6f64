// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.Location;
import org.heaplens.lint.Severity;
import org.junit.jupiter.api.Test;

class IgnoringTest {
	@Test
	void theCommentStandsAboveTheLineWithItsIndentAndLineEnd() {
		assertEquals("a\r\n\t// heaplens:ignore some-rule because ...\r\n\tb = c;\r\n", ignore("a\r\n\tb = c;\r\n", "c"));
	}

	@Test
	void theFirstLineNeedsNoIndent() {
		assertEquals("// heaplens:ignore some-rule because ...\nc;", ignore("c;", "c"));
	}

	private static String ignore(String text, String place) {
		var location = new Location("", 1, 1, text.indexOf(place), 1);
		var finding = new Finding("some-rule", Severity.ERROR, "", location, List.of(), List.of(), "1");
		return new Fix("", "", false, new Ignoring(source -> List.of(finding), "1").edits(text)).applyTo(text);
	}
}
