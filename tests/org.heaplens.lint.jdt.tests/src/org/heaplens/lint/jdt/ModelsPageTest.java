// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.ApiModelException;
import org.heaplens.lint.api.ApiModels;
import org.heaplens.lint.jdt.internal.Parsing;
import org.heaplens.testkit.Expectations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page about models shows is what the linter does. */
class ModelsPageTest {
	private static final Path PAGE = Path.of("../../docs/api-models.md");
	private static final Pattern EXAMPLE = Pattern.compile("## ([^\n]*)\n((?:(?!\n## ).)*?)```toml\n(.*?)```\\s*```java\n(.*?)```",
			Pattern.DOTALL);

	/** A model with code that calls its functions. */
	record Example(String title, String model, String code) {
		@Override
		public String toString() {
			return title;
		}
	}

	static Stream<Example> examples() throws IOException {
		var examples = Stream.<Example>builder();
		for (Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE)); matcher.find();) {
			examples.add(new Example(matcher.group(1), matcher.group(3), matcher.group(4)));
		}
		return examples.build();
	}

	@Test
	void eachPartHasAnExample() throws IOException {
		assertEquals(List.of("A wrapper", "A wrapper of the API", "A family of the platform"), examples().map(Example::title).toList());
	}

	@ParameterizedTest
	@MethodSource("examples")
	void whatIsMarkedIsFoundAndNothingElse(Example example) throws ApiModelException {
		assertFalse(example.code().isBlank());
		ApiModel model = ApiModels.read(example.model(), example.title(), ApiModels.builtIn());
		Expectations.check(code -> {
			String source = Snippets.BEFORE + code + Snippets.AFTER;
			return new JavaLinter(model).lint(Parsing.parse(source), source, "App.java");
		}, example.code());
	}
}
