// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. Stateless. */
final class Nearest {
	private Nearest() {}

	/** The word that takes the fewest changes of a letter, if it takes but a few. */
	static Optional<String> of(String written, Collection<String> words) {
		return of(written, words, Math.max(2, written.length() / 3));
	}

	/** The word that takes the fewest changes of a letter, if it takes no more than {@code most}. */
	static Optional<String> of(String written, Collection<String> words, int most) {
		return words.stream().filter(word -> distance(written, word) <= most)
				.min(Comparator.<String>comparingInt(word -> distance(written, word)).thenComparing(Comparator.naturalOrder()));
	}

	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int column = 0; column < row.length; column++) {
			row[column] = column;
		}
		for (int line = 1; line <= one.length(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int column = 1; column < row.length; column++) {
				int change = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
				diagonal = row[column];
				row[column] = Math.min(change, 1 + Math.min(diagonal, row[column - 1]));
			}
		}
		return row[other.length()];
	}
}
