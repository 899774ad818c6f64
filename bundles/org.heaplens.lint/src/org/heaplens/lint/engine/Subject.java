// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** Which block is followed through a function. Immutable. */
sealed interface Subject {
	/** The one the operation of that node makes, or gets from outside. */
	record Here(int node) implements Subject {}

	/** One that a function makes which is called in that node; its number among those of the target with that number. */
	record InCallee(int node, int target, int made) implements Subject {}

	/** One that is there when the function is called. */
	record Given(Place place) implements Subject {}

	/** None: only the ways through the function are of interest. */
	record None() implements Subject {}

	/** The node behind which the block exists; -1 for none. */
	default int node() {
		return switch (this) {
			case Here(int node) -> node;
			case InCallee(int node, int target, int made) -> node;
			case Given given -> -1;
			case None none -> -1;
		};
	}
}
