// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Arrays;

import org.heaplens.lint.flow.Span;

/** A file's text with its lines. Immutable. Lines end with LF, CR LF or CR. */
public final class SourceText {
	private final String file;
	private final String text;
	private final int[] lineStarts;

	/**
	 * @param file how findings shall name the file
	 * @param text all of it
	 */
	public SourceText(String file, String text) {
		this.file = file;
		this.text = text;
		this.lineStarts = lineStarts(text);
	}

	private static int[] lineStarts(String text) {
		int[] starts = new int[16];
		int lines = 1;
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			boolean pair = character == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n';
			if (character == '\n' || character == '\r' && !pair) {
				if (lines == starts.length) {
					starts = Arrays.copyOf(starts, lines * 2);
				}
				starts[lines++] = index + 1;
			}
		}
		return Arrays.copyOf(starts, lines);
	}

	public String file() {
		return file;
	}

	public String text() {
		return text;
	}

	/** The 1-based line of an offset in chars. */
	public int line(int offset) {
		int found = Arrays.binarySearch(lineStarts, offset);
		return found >= 0 ? found + 1 : -found - 1;
	}

	/** The text of a 1-based line, without its end; empty behind the last line. */
	public String lineText(int line) {
		if (line < 1 || line > lineStarts.length) {
			return "";
		}
		int end = line == lineStarts.length ? text.length() : lineStarts[line];
		return text.substring(lineStarts[line - 1], end).stripTrailing();
	}

	/** Where the 1-based line starts, in chars. */
	public int lineStart(int line) {
		return lineStarts[line - 1];
	}

	/** The place of a range; what lies behind the text is cut off. */
	public Location location(Span span) {
		int offset = Math.clamp(span.offset(), 0, text.length());
		int end = Math.clamp(span.end(), offset, text.length());
		int line = line(offset);
		return new Location(file, line, offset - lineStarts[line - 1] + 1, offset, end - offset);
	}

	/** The text of a range, with every run of white space made one blank. */
	public String excerpt(Span span) {
		Location location = location(span);
		return text.substring(location.offset(), location.offset() + location.length()).replaceAll("\\s+", " ");
	}
}
