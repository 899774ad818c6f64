// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import org.heaplens.lint.SourceText;

/** How a source text is laid out, so that what is inserted looks like the rest. Immutable. */
final class Layout {
	private final SourceText source;
	private final String lineEnd;

	Layout(SourceText source) {
		this.source = source;
		int newline = source.text().indexOf('\n');
		this.lineEnd = newline < 0
				? source.text().indexOf('\r') < 0 ? "\n" : "\r"
				: newline > 0 && source.text().charAt(newline - 1) == '\r' ? "\r\n" : "\n";
	}

	String lineEnd() {
		return lineEnd;
	}

	/** The white space at the start of the line with that offset. */
	String indent(int offset) {
		String line = source.lineText(source.line(offset));
		String start = source.text().substring(source.lineStart(source.line(offset)));
		int length = 0;
		while (length < start.length() && (start.charAt(length) == ' ' || start.charAt(length) == '\t')) {
			length++;
		}
		return line.isEmpty() ? "" : start.substring(0, length);
	}

	/** What one more level of nesting adds to an indentation: what it does elsewhere in the text. */
	String unit(String indent) {
		if (indent.startsWith("\t")) {
			return "\t";
		}
		return source.text().lines().filter(line -> line.startsWith("\t") || line.startsWith("  ")).findFirst()
				.map(line -> line.startsWith("\t")
						? "\t"
						: " ".repeat(Math.min(4, line.length() - line.stripLeading().length())))
				.orElse("\t");
	}

	/** Whether nothing but white space stands before the offset in its line. */
	boolean startsLine(int offset) {
		return source.text().substring(source.lineStart(source.line(offset)), offset).isBlank();
	}

	/** The offset behind the last char before {@code offset} that is no white space. */
	int endOfPrevious(int offset) {
		int end = offset;
		while (end > 0 && Character.isWhitespace(source.text().charAt(end - 1))) {
			end--;
		}
		return end;
	}

	/** Where the line behind the offset starts, if nothing but white space stands before it; 0 if something does. */
	int nextLine(int offset) {
		int line = source.line(offset);
		int next = line < source.line(source.text().length()) ? source.lineStart(line + 1) : source.text().length();
		return source.text().substring(offset, next).isBlank() ? next : 0;
	}

	String text(int offset, int end) {
		return source.text().substring(offset, end);
	}

	/** Whether the line of the offset has a comment that reaches its end. */
	boolean endsInComment(int offset) {
		return source.lineText(source.line(Math.max(0, offset - 1))).contains("//");
	}

	String file() {
		return source.file();
	}
}
