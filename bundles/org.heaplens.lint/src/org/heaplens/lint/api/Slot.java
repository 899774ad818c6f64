// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

/** One of the values that take part in a call. Immutable. */
public sealed interface Slot {
	/** The object the function is called on; of a constructor it is the {@link #RESULT} that is meant. */
	record Receiver() implements Slot {}

	/** What the function returns, or the constructor makes. */
	record Result() implements Slot {}

	/**
	 * What is handed in between the parentheses.
	 *
	 * @param index from 0; the receiver does not count
	 */
	record Argument(int index) implements Slot {
		public Argument {
			if (index < 0) {
				throw new IllegalArgumentException("no such argument: " + index);
			}
		}
	}

	Slot RECEIVER = new Receiver();
	Slot RESULT = new Result();
}
