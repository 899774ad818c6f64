// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long blocks live on average, by the stack that made them. One thread at a time. */
final class Lifetimes {
	private final Map<Integer, Mean> byStack = new HashMap<>();
	private final Mean all = new Mean();

	private static final class Mean {
		private long count;
		private double nanos;

		void add(long value) {
			count++;
			nanos += (value - nanos) / count;
		}
	}

	void add(int stack, long nanos) {
		byStack.computeIfAbsent(stack, number -> new Mean()).add(nanos);
		all.add(nanos);
	}

	/** Those of that stack so far, else those of all; nothing if none has ended yet. In nanoseconds. */
	Optional<Long> of(int stack) {
		Mean mean = byStack.getOrDefault(stack, all);
		return mean.count == 0 ? Optional.empty() : Optional.of(Math.round(mean.nanos));
	}
}
