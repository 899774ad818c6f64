// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.heaplens.lint.SourceText;

/** The texts of the files that a report speaks of, each asked for once. Confined to one thread. */
final class Sources {
	private final Function<String, String> texts;
	private final Map<String, SourceText> known = new HashMap<>();

	/** @param texts by the name that findings have for a file; empty where there is none */
	Sources(Function<String, String> texts) {
		this.texts = texts;
	}

	SourceText of(String file) {
		return known.computeIfAbsent(file, name -> new SourceText(name, texts.apply(name)));
	}
}
