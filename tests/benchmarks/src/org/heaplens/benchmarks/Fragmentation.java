// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.Arrays;

import org.heaplens.runtime.internal.heap.Space;

/** How full a heap can get: the share that is in use when the first request fails, with the load growing by two blocks for one freed. */
final class Fragmentation {
	/** So often a block is replaced by one of another size before the load grows by one: long enough for holes to matter. */
	static final int REPLACED = 32;

	private Fragmentation() {}

	/** Percent of {@code blocks} times the mean size. */
	static double usableShare(Space space, long capacity, int blocks, long seed) {
		double mean = (double) capacity / blocks;
		var requests = new Requests(seed, (int) Math.max(1, mean * Math.log(Requests.SPAN) / (Requests.SPAN - 1)));
		int[] live = new int[1024];
		int count = 0;
		while (true) {
			if (count == live.length) {
				live = Arrays.copyOf(live, count * 2);
			}
			live[count] = space.allocate(requests.size());
			if (live[count++] < 0) {
				return 100.0 * space.used() / capacity;
			}
			for (int replaced = 0; replaced < REPLACED; replaced++) {
				int victim = requests.below(count);
				space.free(live[victim]);
				live[victim] = space.allocate(requests.size());
				if (live[victim] < 0) {
					return 100.0 * space.used() / capacity;
				}
			}
		}
	}
}
