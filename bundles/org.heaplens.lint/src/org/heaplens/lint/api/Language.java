// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.Arrays;
import java.util.Optional;

/** In which language a function is called. Immutable. */
public enum Language {
	JAVA("java"), C("c"), CPP("c++");

	private final String word;

	Language(String word) {
		this.word = word;
	}

	/** As model files say it. */
	public String word() {
		return word;
	}

	static Optional<Language> of(String word) {
		return Arrays.stream(values()).filter(language -> language.word.equals(word)).findFirst();
	}
}
