// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What comes to light while one block is followed through a function. Confined to one thread. */
final class Results {
	/** More ways than this are not told apart by callers. */
	private static final int MOST_EFFECTS = 24;

	final List<Moment> moments = new ArrayList<>();
	private final Map<Effect, Effect> effects = new LinkedHashMap<>();
	boolean crowded;

	void add(Effect effect) {
		if (effects.size() >= MOST_EFFECTS && !effects.containsKey(effect.key())) {
			crowded = true;
			return;
		}
		effects.putIfAbsent(effect.key(), effect);
	}

	List<Effect> effects() {
		return List.copyOf(effects.values());
	}
}
