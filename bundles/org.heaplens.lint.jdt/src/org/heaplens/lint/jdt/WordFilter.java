// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.util.HashSet;
import java.util.Set;

import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.Language;

/**
 * Tells which texts need no parser: most files of a project have nothing to do with blocks. Immutable.
 *
 * <p>
 * Looks at each word once, however many words there are to look for; a word that does not begin as one of them is not
 * even cut out.
 */
final class WordFilter {
	/** Begins what source says to the linter itself. */
	private static final String OURS = "heaplens:";
	private static final int LETTERS = 128;

	private final Set<String> words;
	private final boolean[] first = new boolean[LETTERS];
	private int shortest = Integer.MAX_VALUE;
	private int longest;

	WordFilter(ApiModel model) {
		this(model.words(Language.JAVA));
	}

	WordFilter(Set<String> words) {
		this.words = new HashSet<>(words);
		for (String word : words) {
			first[word.charAt(0) % LETTERS] = true;
			shortest = Math.min(shortest, word.length());
			longest = Math.max(longest, word.length());
		}
	}

	/** Whether one of the words is in the text, as a whole. */
	boolean concerns(String text) {
		int length = text.length();
		int index = 0;
		while (index < length) {
			if (!Character.isJavaIdentifierPart(text.charAt(index))) {
				index++;
				continue;
			}
			int start = index;
			do {
				index++;
			} while (index < length && Character.isJavaIdentifierPart(text.charAt(index)));
			int word = index - start;
			if (first[text.charAt(start) % LETTERS] && word >= shortest && word <= longest
					&& words.contains(text.substring(start, index))) {
				return true;
			}
		}
		return text.contains(OURS);
	}
}
