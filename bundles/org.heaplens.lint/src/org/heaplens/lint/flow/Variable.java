// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/**
 * Something that holds a value while a function runs: a local variable, a parameter, an unnamed intermediate result, or
 * the truth of a condition that may be tested again. Immutable.
 *
 * @param index numbers the variables of one graph from 0
 * @param name  as in the source; empty for an intermediate result
 */
public record Variable(int index, String name) {
	/** Whether the programmer can refer to it. */
	public boolean named() {
		return !name.isEmpty();
	}
}
