// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The pages of docs/rules, which the build puts beside the classes. Stateless. */
public final class RulePages {
	private RulePages() {}

	/** The page of a rule, in Markdown; empty if there is none. */
	public static Optional<String> of(String rule) {
		if (!rule.matches("[a-z]+(-[a-z]+)*")) {
			return Optional.empty();
		}
		try (InputStream page = RulePages.class.getResourceAsStream("/org/heaplens/lint/pages/" + rule + ".md")) {
			return page == null ? Optional.empty() : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
