// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/**
 * A range of the source text of a function. Immutable.
 *
 * @param offset chars from the start of the file; never negative
 * @param length chars; never negative
 */
public record Span(int offset, int length) {
	/** The char after the range. */
	public int end() {
		return offset + length;
	}
}
