// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Figures as text: aligned for a terminal, or as Markdown. */
final class Table {
	private static final List<String> HEAD = List.of("what", "measured", "bar", "peer", "ratio", "verdict");

	private Table() {}

	static String aligned(List<Figure> figures) {
		List<List<String>> rows = rows(figures);
		int[] widths = new int[HEAD.size()];
		for (List<String> row : rows) {
			for (int column = 0; column < widths.length; column++) {
				widths[column] = Math.max(widths[column], row.get(column).length());
			}
		}
		var text = new StringBuilder();
		for (List<String> row : rows) {
			var line = new StringBuilder();
			for (int column = 0; column < widths.length; column++) {
				line.append(row.get(column)).append(" ".repeat(widths[column] - row.get(column).length() + 2));
			}
			text.append(line.toString().stripTrailing()).append('\n');
		}
		return text.toString();
	}

	static String markdown(List<Figure> figures) {
		var text = new StringBuilder();
		List<List<String>> rows = rows(figures);
		for (int row = 0; row < rows.size(); row++) {
			text.append("| ").append(String.join(" | ", rows.get(row))).append(" |\n");
			if (row == 0) {
				text.append("|---".repeat(HEAD.size())).append("|\n");
			}
		}
		return text.toString();
	}

	private static List<List<String>> rows(List<Figure> figures) {
		var rows = new ArrayList<List<String>>();
		rows.add(HEAD);
		for (Figure figure : figures) {
			rows.add(List.of(figure.what(), figure.measuredText(), figure.barText(), figure.peerText(), figure.ratioText(),
					figure.verdict()));
		}
		return rows;
	}
}
