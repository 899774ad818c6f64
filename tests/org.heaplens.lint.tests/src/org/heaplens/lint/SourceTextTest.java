
package org.heaplens.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.heaplens.lint.flow.Span;
import org.junit.jupiter.api.Test;

class SourceTextTest {
	@Test
	void linesEndInAnyWay() {
		var source = new SourceText("A", "a\nbb\r\nccc\rd");
		assertEquals(1, source.line(0));
		assertEquals(1, source.line(1));
		assertEquals(2, source.line(2));
		assertEquals(3, source.line(6));
		assertEquals(4, source.line(10));
		assertEquals("bb", source.lineText(2));
		assertEquals("ccc", source.lineText(3));
		assertEquals("d", source.lineText(4));
		assertEquals("", source.lineText(5));
	}

	@Test
	void locationsCountFromOne() {
		var source = new SourceText("A", "ab\ncd\n");
		assertEquals(new Location("A", 2, 2, 4, 1), source.location(new Span(4, 1)));
		assertEquals(new Location("A", 3, 1, 6, 0), source.location(new Span(99, 5)));
	}

	@Test
	void anExcerptHasNoLineEnds() {
		assertEquals("a b c", new SourceText("A", "a\n\t b  c").excerpt(new Span(0, 8)));
	}

	@Test
	void impossiblePlacesAreRejected() {
		assertThrows(IllegalArgumentException.class, () -> new Location("A", 0, 1, 0, 0));
		assertThrows(IllegalArgumentException.class, () -> new TextEdit("A", -1, 0, ""));
	}

	@Test
	void aFixAppliesItsEditsFromBehind() {
		var fix = new Fix("x", "X", true,
				List.of(new TextEdit("A", 4, 1, "E"), new TextEdit("A", 0, 0, "> "), new TextEdit("A", 1, 2, "")));
		assertEquals("> adE", fix.applyTo("abcde"));
	}
}
