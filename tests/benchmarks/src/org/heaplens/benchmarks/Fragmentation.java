// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.Arrays;

/** How full a heap can get: the share that is in use when the first request fails, with the load growing by two blocks for one freed. */
final class Fragmentation {
	/** What is asked of an allocator. */
	interface Allocator {
		/** A handle; -1 if there is no room. */
		int allocate(long bytes);

		void free(int handle);

		long used();
	}

	/** So often a block is replaced by one of another size before the load grows by one: long enough for holes to matter. */
	static final int REPLACED = 32;

	private Fragmentation() {}

	/** Percent of {@code blocks} times the mean size. */
	static double usableShare(Allocator allocator, long capacity, int blocks, long seed) {
		double mean = (double) capacity / blocks;
		var requests = new Requests(seed, (int) Math.max(1, mean * Math.log(Requests.SPAN) / (Requests.SPAN - 1)));
		int[] live = new int[1024];
		int count = 0;
		while (true) {
			if (count == live.length) {
				live = Arrays.copyOf(live, count * 2);
			}
			live[count] = allocator.allocate(requests.size());
			if (live[count++] < 0) {
				return 100.0 * allocator.used() / capacity;
			}
			for (int replaced = 0; replaced < REPLACED; replaced++) {
				int victim = requests.below(count);
				allocator.free(live[victim]);
				live[victim] = allocator.allocate(requests.size());
				if (live[victim] < 0) {
					return 100.0 * allocator.used() / capacity;
				}
			}
		}
	}
}
