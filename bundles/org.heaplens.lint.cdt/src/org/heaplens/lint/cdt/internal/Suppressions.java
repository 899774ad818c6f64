// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.SourceText;

/**
 * What a source asks to ignore: {@code // heaplens:ignore rule-id because ...} for its line, or for the next one if it stands
 * alone. Confined to one thread.
 */
final class Suppressions {
	private static final Pattern IGNORE = Pattern
			.compile("//.*?heaplens:ignore\\s+([a-z-]+(?:\\s*,\\s*[a-z-]+)*)\\s*(?:because\\s+)?(.*)");

	/** One request for a line, 1-based. */
	private record Request(int line, List<String> rules, String reason) {}

	private final List<Request> requests = new ArrayList<>();
	private final List<Ignored> ignored = new ArrayList<>();

	Suppressions(SourceText source) {
		Matcher matcher = IGNORE.matcher(source.text());
		while (matcher.find()) {
			int line = source.line(matcher.start());
			if (source.lineText(line).strip().startsWith("//")) {
				do {
					line++;
				} while (source.lineText(line).strip().startsWith("//"));
			}
			requests.add(new Request(line, List.of(matcher.group(1).split("\\s*,\\s*")), matcher.group(2).strip()));
		}
	}

	/** Whether the finding is asked to be ignored; then it is remembered. */
	boolean hides(Finding finding) {
		for (Request request : requests) {
			if (request.line() == finding.line() && request.rules().contains(finding.rule())) {
				ignored.add(new Ignored(finding, request.reason()));
				return true;
			}
		}
		return false;
	}

	/** What was hidden so far, in that order. */
	List<Ignored> ignored() {
		return List.copyOf(ignored);
	}
}
