// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Knows the engines that a {@code graph.config} names: what {@code HIAI_IMPL_ENGINE_PROCESS} does in the C++ API. */
@FunctionalInterface
public interface EngineFactory {
	/** What makes an engine of that {@code engine_name}, each time a new one; empty if there is no such engine. */
	Optional<Supplier<? extends Engine>> maker(String engineName);

	/** The engines of a map, by name. */
	static EngineFactory of(Map<String, Supplier<? extends Engine>> makers) {
		Map<String, Supplier<? extends Engine>> known = Map.copyOf(makers);
		return name -> Optional.ofNullable(known.get(name));
	}
}
