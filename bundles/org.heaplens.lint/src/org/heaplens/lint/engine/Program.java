// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.heaplens.lint.flow.FlowGraph;

/** The functions that are analysed together, by their keys. Confined to one thread. */
public final class Program {
	private final Map<String, FlowGraph> functions = new LinkedHashMap<>();

	/** Adds a function; one of the same key that was added before stays. */
	public void add(FlowGraph graph) {
		functions.putIfAbsent(graph.function(), graph);
	}

	public Collection<FlowGraph> functions() {
		return Collections.unmodifiableCollection(functions.values());
	}

	public Optional<FlowGraph> function(String key) {
		return Optional.ofNullable(functions.get(key));
	}
}
