// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of tests/conformance, as its README describes it. Immutable.
 *
 * @param settings without {@code heaplens.}
 * @param parts    lines that describe graphs, in their order
 * @param steps    in their order
 */
record Scenario(String file, List<String> sections, String behaviour, Map<String, String> settings, List<Line> parts, List<Line> steps) {
	/**
	 * A statement.
	 *
	 * @param number 1 for the first line of the file
	 * @param words  before the arrow, without comment
	 * @param answer the words behind the arrow; empty if there is none
	 */
	record Line(String file, int number, List<String> words, List<String> answer) {
		String word(int index) {
			if (index >= words.size()) {
				throw failure("a word is missing behind '" + String.join(" ", words) + "'");
			}
			return words.get(index);
		}

		int number(int index) {
			return number(word(index));
		}

		int number(String word) {
			try {
				return Integer.decode(word);
			} catch (NumberFormatException e) {
				throw failure("'" + word + "' is no number");
			}
		}

		/** The value of a word NAME=VALUE, or another if there is none. */
		String option(String name, String otherwise) {
			return words.stream().filter(word -> word.startsWith(name + "=")).map(word -> word.substring(name.length() + 1)).findFirst()
					.orElse(otherwise);
		}

		AssertionError failure(String what) {
			return new AssertionError(file + ":" + number + ": " + what);
		}

		void expect(String expected, String got) {
			if (!expected.equals(got)) {
				throw failure("expected " + expected + ", got " + got);
			}
		}
	}

	static Scenario read(Path path) throws IOException {
		return parse(String.valueOf(path.getFileName()), Files.readAllLines(path));
	}

	static Scenario parse(String file, List<String> text) {
		List<String> sections = new ArrayList<>();
		List<String> behaviour = new ArrayList<>();
		Map<String, String> settings = new LinkedHashMap<>();
		List<Line> parts = new ArrayList<>();
		List<Line> steps = new ArrayList<>();
		for (int index = 0; index < text.size(); index++) {
			String bare = text.get(index).replaceFirst("(^|\\s)#.*", "").strip();
			if (bare.isEmpty()) {
				continue;
			}
			String[] halves = bare.split("\\s+->\\s+", 2);
			var line = new Line(file, index + 1, words(halves[0]), halves.length == 1 ? List.of() : words(halves[1]));
			boolean early = steps.isEmpty();
			switch (line.word(0)) {
				case "section" -> sections.addAll(line.words().subList(1, line.words().size()));
				case "behaviour" -> behaviour.add(bare.substring("behaviour".length()).strip());
				case "needs" -> line.expect("identity", line.word(1));
				case "set" -> settings.put(line.word(1), setting(line, early));
				case "graph", "engine", "connect" -> parts.add(early(line, early));
				default -> steps.add(line);
			}
		}
		if (sections.isEmpty() || behaviour.size() != 1 || steps.isEmpty()) {
			throw new AssertionError(file + ":1: needs a section, one behaviour, and steps");
		}
		return new Scenario(file, List.copyOf(sections), behaviour.get(0), settings, parts, steps);
	}

	private static String setting(Line line, boolean early) {
		List<String> words = early(line, early).words();
		return String.join(" ", words.subList(Math.min(2, words.size()), words.size()));
	}

	private static Line early(Line line, boolean early) {
		if (!early) {
			throw line.failure("settings and graphs come before the first step");
		}
		return line;
	}

	private static List<String> words(String text) {
		return Arrays.asList(text.split("\\s+"));
	}
}
