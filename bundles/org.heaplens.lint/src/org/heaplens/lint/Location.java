// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

/**
 * A place in a source text. Immutable.
 *
 * @param file   the file as the caller named it
 * @param line   1-based
 * @param column 1-based, in chars
 * @param offset chars from the start of the text; never negative
 * @param length chars; never negative
 */
public record Location(String file, int line, int column, int offset, int length) implements Comparable<Location> {
	public Location {
		if (line < 1 || column < 1 || offset < 0 || length < 0) {
			throw new IllegalArgumentException("no such location: line=" + line + ", column=" + column + ", offset="
					+ offset + ", length=" + length);
		}
	}

	/** Orders by file, then by offset, then by length. */
	@Override
	public int compareTo(Location other) {
		int byFile = file.compareTo(other.file);
		int byOffset = byFile != 0 ? byFile : Integer.compare(offset, other.offset);
		return byOffset != 0 ? byOffset : Integer.compare(length, other.length);
	}
}
