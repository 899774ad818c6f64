// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Rule;
import org.heaplens.lint.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages of the rules show is what the linter says. */
class PagesTest {
	private static final Path PAGES = Path.of("../../docs/rules");
	private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	/** The rules that one block's path is about: their examples stand for themselves. */
	static Stream<String> rules() {
		return Rules.ALL.stream().map(Rule::id).filter(id -> !id.equals("unused-ignore"));
	}

	/** The text of each part of a page, by its title. */
	private static Map<String, String> parts(String rule) throws IOException {
		var parts = new LinkedHashMap<String, String>();
		for (String part : Files.readString(PAGES.resolve(rule + ".md")).split("\n## ")) {
			int end = part.indexOf('\n');
			parts.put(part.substring(0, end), part.substring(end + 1));
		}
		return parts;
	}

	private static List<String> examples(String part) {
		var examples = new ArrayList<String>();
		for (Matcher matcher = EXAMPLE.matcher(part); matcher.find();) {
			examples.add(matcher.group(1));
		}
		return examples;
	}

	private static List<String> found(String example) {
		List<Finding> unbound = Snippets.unbound(Snippets.BEFORE + example + Snippets.AFTER);
		List<Finding> bound = Snippets.bound(Snippets.BEFORE + example + Snippets.AFTER);
		assertEquals(unbound, bound, example);
		return unbound.stream().map(Finding::rule).toList();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void theBadExampleIsFound(String rule) throws IOException {
		String bad = parts(rule).getOrDefault("Bad", "");
		assertTrue(!examples(bad).isEmpty());
		for (String example : examples(bad)) {
			assertEquals(List.of(rule), found(example).stream().distinct().filter(each -> !impliedBy(rule, each)).toList(), example);
		}
	}

	/** A block that was freed in the wrong way, or sent without anybody looking, has further troubles. */
	private static boolean impliedBy(String rule, String other) {
		return other.equals("leak-on-send-failure") && (rule.equals("double-free") || rule.equals("sent-twice"));
	}

	@ParameterizedTest
	@MethodSource("rules")
	void theGoodExampleIsSilent(String rule) throws IOException {
		String good = parts(rule).getOrDefault("Good", "");
		assertTrue(!examples(good).isEmpty());
		for (String example : examples(good)) {
			assertEquals(List.of(), found(example), example);
		}
	}

	@ParameterizedTest
	@MethodSource("rules")
	void theIgnoreIsNeeded(String rule) throws IOException {
		for (String example : examples(parts(rule).getOrDefault("When to ignore", ""))) {
			assertEquals(List.of(), found(example), example);
			assertEquals(List.of(rule), found(example.replace("heaplens:ignore", "")).stream().distinct().toList(), example);
		}
	}

	@ParameterizedTest
	@MethodSource("rules")
	void aPageSaysHowBadItIsAndWhy(String rule) throws IOException {
		String lead = parts(rule).getOrDefault("# " + rule, "");
		Rule known = Rules.of(rule).orElseThrow();
		assertTrue(lead.contains("Severity: " + known.severity().word() + "."), lead);
		for (String part : List.of("Why", "Source")) {
			assertTrue(!parts(rule).getOrDefault(part, "").isBlank(), part);
		}
	}

	@Test
	void everyPageIsOfARule() throws IOException {
		try (Stream<Path> pages = Files.list(PAGES)) {
			List<String> ids = pages.map(page -> page.getFileName().toString().replace(".md", "")).sorted().toList();
			assertEquals(Rules.ALL.stream().map(Rule::id).sorted().toList(), ids);
		}
	}
}
