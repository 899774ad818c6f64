// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.heaplens.lint.flow.FlowGraph;

/**
 * Keeps what was found out about functions from one run to the next. What is kept of a function counts as long as the
 * function is the same object and what it calls is summarised as before. Threads may share it.
 */
public final class Cache {
	/**
	 * @param callees what was known of the functions that are called, by their keys
	 */
	record Entry(FlowGraph function, Map<String, Optional<Summary>> callees, Summary summary, Outcome outcome) {}

	private final Map<String, Entry> entries = new ConcurrentHashMap<>();
	private final Optional<Cache> below;

	/** Knows nothing. */
	public Cache() {
		this.below = Optional.empty();
	}

	/** Knows what {@code below} knows, and leaves it as it is. */
	public Cache(Cache below) {
		this.below = Optional.of(below);
	}

	Optional<Entry> find(FlowGraph function, Map<String, Optional<Summary>> callees) {
		return Optional.ofNullable(entries.get(function.function()))
				.filter(entry -> entry.function() == function && entry.callees().equals(callees))
				.or(() -> below.flatMap(cache -> cache.find(function, callees)));
	}

	void put(Entry entry) {
		entries.put(entry.function().function(), entry);
	}

	/** Forgets functions that are no longer there. */
	void retain(Program program) {
		entries.keySet().removeIf(key -> program.function(key).isEmpty());
	}
}
