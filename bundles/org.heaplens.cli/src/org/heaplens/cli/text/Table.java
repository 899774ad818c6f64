// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, aligned. A heading that begins with {@code >} stands to the right, and so does what is below it. One thread at a
 * time.
 */
public final class Table {
	private static final String GAP = "  ";

	private final String indent;
	private final List<String> headings = new ArrayList<>();
	private final List<Boolean> right = new ArrayList<>();
	/** A row of cells, or one line of text. */
	private final List<List<String>> rows = new ArrayList<>();
	private final List<Boolean> whole = new ArrayList<>();

	/** @param headings of the columns; {@code >} in front aligns to the right */
	public Table(String indent, String... headings) {
		this.indent = indent;
		for (String heading : headings) {
			boolean toTheRight = heading.startsWith(">");
			right.add(toTheRight);
			this.headings.add(toTheRight ? heading.substring(1) : heading);
		}
	}

	/** Adds a row; as many cells as there are headings. */
	public Table row(String... cells) {
		if (cells.length != headings.size()) {
			throw new IllegalArgumentException(cells.length + " cells for " + headings.size() + " columns");
		}
		rows.add(List.of(cells));
		whole.add(false);
		return this;
	}

	/** Adds a line that belongs to no column. */
	public Table line(String text) {
		rows.add(List.of(text));
		whole.add(true);
		return this;
	}

	public boolean isEmpty() {
		return rows.isEmpty();
	}

	/** The lines, each ended. */
	@Override
	public String toString() {
		int[] widths = new int[headings.size()];
		for (int column = 0; column < widths.length; column++) {
			widths[column] = headings.get(column).length();
			for (int row = 0; row < rows.size(); row++) {
				if (!whole.get(row)) {
					widths[column] = Math.max(widths[column], rows.get(row).get(column).length());
				}
			}
		}
		var text = new StringBuilder();
		append(text, headings, widths);
		for (int row = 0; row < rows.size(); row++) {
			if (whole.get(row)) {
				text.append(indent).append(rows.get(row).get(0)).append(System.lineSeparator());
			} else {
				append(text, rows.get(row), widths);
			}
		}
		return text.toString();
	}

	private void append(StringBuilder text, List<String> cells, int[] widths) {
		var line = new StringBuilder(indent);
		for (int column = 0; column < widths.length; column++) {
			String cell = cells.get(column);
			String padding = " ".repeat(widths[column] - cell.length());
			line.append(column == 0 ? "" : GAP).append(right.get(column) ? padding + cell : cell + padding);
		}
		text.append(line.toString().stripTrailing()).append(System.lineSeparator());
	}
}
