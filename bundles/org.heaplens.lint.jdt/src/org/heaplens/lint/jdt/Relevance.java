// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.heaplens.lint.SourceText;
import org.heaplens.lint.jdt.internal.Analysis;
import org.heaplens.lint.jdt.internal.Declarations;
import org.heaplens.lint.jdt.internal.LoweredFile;

/**
 * Which files have to be analysed: those that call the API, those that call functions which make blocks for their callers,
 * and those that declare what any of these hand values to. Confined to one thread.
 */
final class Relevance {
	/** Who is handed a value by who is handed a value by who has to do with blocks: from here on it is too far. */
	private static final int FARTHEST = 2;

	private final List<SourceText> all;
	/** How far each relevant file is from blocks. */
	private final Map<String, Integer> distances = new HashMap<>();
	private final Set<Analysis.Maker> known = new HashSet<>();

	/**
	 * @param all the files of the program
	 */
	Relevance(List<SourceText> all, WordFilter words) {
		this.all = all;
		all.stream().filter(text -> words.concerns(text.text())).forEach(text -> distances.put(text.file(), 0));
	}

	boolean contains(SourceText text) {
		return distances.containsKey(text.file());
	}

	/** Learns from an analysis of the relevant files; whether there are more of them now. */
	boolean grow(List<LoweredFile> files, List<Analysis> analyses, Declarations declarations) {
		int before = distances.size();
		Map<String, Set<String>> makers = makers(analyses, declarations);
		if (!makers.isEmpty()) {
			var types = new WordFilter(makers.keySet());
			all.stream()
					.filter(text -> distances.getOrDefault(text.file(), 1) > 0 && types.concerns(text.text()) && uses(text.text(), makers))
					.forEach(text -> distances.put(text.file(), 0));
		}
		Map<String, Integer> wanted = new HashMap<>();
		for (LoweredFile file : files) {
			int distance = distances.getOrDefault(file.source().file(), 0) + 1;
			if (distance <= FARTHEST) {
				file.wanted().forEach(type -> wanted.merge(type, distance, Math::min));
			}
		}
		declarations.missing().forEach(type -> wanted.putIfAbsent(type, FARTHEST));
		for (SourceText text : all) {
			Integer distance = wanted.get(type(text.file()));
			if (distance != null) {
				distances.putIfAbsent(text.file(), distance);
			}
		}
		return distances.size() > before;
	}

	/** The names of makers that were not known before, by the types that callers may know them by. */
	private Map<String, Set<String>> makers(List<Analysis> analyses, Declarations declarations) {
		Map<String, Set<String>> makers = new HashMap<>();
		for (Analysis analysis : analyses) {
			for (Analysis.Maker maker : analysis.makers()) {
				if (known.add(maker)) {
					boolean constructor = maker.name().equals(maker.type());
					makers.computeIfAbsent(maker.type(), key -> new HashSet<>()).add(maker.name());
					if (!constructor) {
						declarations.above(maker.type())
								.forEach(above -> makers.computeIfAbsent(above, key -> new HashSet<>()).add(maker.name()));
					}
				}
			}
		}
		return makers;
	}

	/** Whether a text names one of the types, and one of its functions. */
	private static boolean uses(String text, Map<String, Set<String>> makers) {
		Set<String> types = new HashSet<>();
		Set<String> names = new HashSet<>();
		Set<String> functions = new HashSet<>();
		makers.values().forEach(functions::addAll);
		int start = -1;
		for (int index = 0; index <= text.length(); index++) {
			boolean part = index < text.length() && Character.isJavaIdentifierPart(text.charAt(index));
			if (part && start < 0) {
				start = index;
			} else if (!part && start >= 0) {
				String word = text.substring(start, index);
				if (makers.containsKey(word)) {
					types.add(word);
				}
				if (functions.contains(word)) {
					names.add(word);
				}
				start = -1;
			}
		}
		return types.stream().anyMatch(type -> makers.getOrDefault(type, Set.of()).stream().anyMatch(names::contains));
	}

	/** The type that a file is called after. */
	private static String type(String file) {
		String name = file.substring(file.lastIndexOf('/') + 1);
		return name.endsWith(".java") ? name.substring(0, name.length() - ".java".length()) : name;
	}
}
