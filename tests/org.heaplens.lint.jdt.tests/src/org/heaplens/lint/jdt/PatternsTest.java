// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import org.junit.jupiter.api.Test;

/** What is known of a value decides which pattern it matches. */
class PatternsTest {
	private static final String SHAPES = """
			sealed interface Shape { }
			record Image(HiaiBuffer pixels) implements Shape { }
			record Text(String words) implements Shape { }
			record Framed(Image inner, int width) implements Shape { }
			""";

	@Test
	void aBlockIsABlock() {
		Snippets.checkBound("""
				void freed(int n) {
					Object o = HiaiMemory.dMalloc(n);
					if (o instanceof HiaiBuffer b) {
						HiaiMemory.dFree(b);
					}
				}
				void sized(int n) {
					Object o = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					if (o instanceof HiaiBuffer b) {
						b.size();
					}
				}
				void otherwise(int n) {
					Object o = HiaiMemory.dMalloc(n);
					if (!(o instanceof HiaiBuffer b)) {
						return;
					}
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void partsOfRecordsAreTheirComponents() {
		Snippets.checkBound(SHAPES + """
				void freed(int n) {
					Shape shape = new Image(HiaiMemory.dMalloc(n));
					switch (shape) {
						case Image(HiaiBuffer b) -> HiaiMemory.dFree(b);
						case Text text -> { }
						case Framed framed -> { }
					}
				}
				void sized(int n) {
					Shape shape = new Image(HiaiMemory.dMalloc(n)); // finds unsent-auto-block
					switch (shape) {
						case Image(HiaiBuffer b) -> b.size();
						case Text text -> { }
						case Framed framed -> { }
					}
				}
				void nested(int n) {
					Framed framed = new Framed(new Image(HiaiMemory.dMalloc(n)), 3);
					if (framed instanceof Framed(Image(HiaiBuffer b), int width)) {
						HiaiMemory.dFree(b);
						HiaiMemory.dFree(framed.inner().pixels()); // finds double-free
					}
				}
				""");
	}

	@Test
	void whereTheTypeIsNotKnownNothingIsSaid() {
		Snippets.checkBound(SHAPES + """
				void either(int n, boolean image) {
					Shape shape = new Text("a");
					if (image) {
						shape = new Image(HiaiMemory.dMalloc(n));
					}
					if (shape instanceof Image(HiaiBuffer b)) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}
}
