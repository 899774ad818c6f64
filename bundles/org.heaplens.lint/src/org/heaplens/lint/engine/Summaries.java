// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of functions so far, by their keys. Threads may share it. */
final class Summaries {
	private final Map<String, Summary> summaries = new ConcurrentHashMap<>();

	/** Empty where a function is not known, or not yet. */
	Optional<Summary> of(String function) {
		return Optional.ofNullable(summaries.get(function));
	}

	void put(String function, Summary summary) {
		summaries.put(function, summary);
	}
}
