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
	private final Map<Touch, Touch> touches = new LinkedHashMap<>();
	boolean crowded;

	void add(Effect effect) {
		if (effects.size() >= MOST_EFFECTS && !effects.containsKey(effect.key())) {
			crowded = true;
			return;
		}
		effects.putIfAbsent(effect.key(), effect);
	}

	void add(Touch touch) {
		if (touches.size() >= MOST_EFFECTS && !touches.containsKey(touch.key())) {
			crowded = true;
			return;
		}
		touches.putIfAbsent(touch.key(), touch);
	}

	List<Touch> touches() {
		return List.copyOf(touches.values());
	}

	List<Effect> effects() {
		return List.copyOf(effects.values());
	}
}
