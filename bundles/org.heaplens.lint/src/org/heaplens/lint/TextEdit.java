// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

/**
 * A replacement of a range of a file's text. Immutable. The edits of one {@link Fix} all refer to the text before the
 * fix and do not overlap.
 *
 * @param file        the file as the finding names it
 * @param offset      chars from the start of the text; never negative
 * @param length      chars to remove; never negative, 0 inserts
 * @param replacement what stands there afterwards
 */
public record TextEdit(String file, int offset, int length, String replacement) {
	public TextEdit {
		if (offset < 0 || length < 0) {
			throw new IllegalArgumentException("no such edit: offset=" + offset + ", length=" + length);
		}
	}
}
