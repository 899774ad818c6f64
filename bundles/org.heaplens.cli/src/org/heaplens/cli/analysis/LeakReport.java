// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;

/**
 * The blocks that are there at one moment, by the place that made them, those with the most bytes first.
 *
 * @param timeNanos the moment, since the trace began
 * @param sites     most bytes first
 */
public record LeakReport(long timeNanos, List<Site> sites) {
	/**
	 * The blocks that one place made in one heap.
	 *
	 * @param stack       number of the stack; 0 for none
	 * @param bytes       of their extents together
	 * @param oldestNanos how long ago the first of them was made
	 * @param newestNanos how long ago the last of them was made
	 * @param flags       how they were obtained
	 * @param threads     numbers of the threads that made them
	 * @param engines     numbers of the engines that made them; without 0
	 */
	public record Site(HeapInfo heap, int stack, int blocks, long bytes, long oldestNanos, long newestNanos, Set<BlockFlag> flags,
			Set<Integer> threads, Set<Integer> engines) {}

	/** @param leastAgeNanos younger blocks are left out */
	public static LeakReport of(List<HeapSnapshot> heaps, long timeNanos, long leastAgeNanos) {
		var sites = new ArrayList<Site>();
		for (HeapSnapshot heap : heaps) {
			Map<Integer, List<Block>> byStack = new LinkedHashMap<>();
			for (Block block : heap.blocks()) {
				if (timeNanos - block.timeNanos() >= leastAgeNanos) {
					byStack.computeIfAbsent(block.stack(), stack -> new ArrayList<>()).add(block);
				}
			}
			byStack.forEach((stack, blocks) -> sites.add(site(heap.heap(), stack, blocks, timeNanos)));
		}
		sites.sort(Comparator.comparingLong(Site::bytes).reversed().thenComparingInt(site -> site.heap().id())
				.thenComparingInt(Site::stack));
		return new LeakReport(timeNanos, List.copyOf(sites));
	}

	private static Site site(HeapInfo heap, int stack, List<Block> blocks, long timeNanos) {
		Set<BlockFlag> flags = new TreeSet<>();
		Set<Integer> threads = new TreeSet<>();
		Set<Integer> engines = new TreeSet<>();
		long bytes = 0;
		long first = Long.MAX_VALUE;
		long last = Long.MIN_VALUE;
		for (Block block : blocks) {
			bytes += block.extent().size();
			first = Math.min(first, block.timeNanos());
			last = Math.max(last, block.timeNanos());
			flags.add(block.flag());
			threads.add(block.thread());
			if (block.engine() != 0) {
				engines.add(block.engine());
			}
		}
		return new Site(heap, stack, blocks.size(), bytes, timeNanos - first, timeNanos - last, flags, threads, engines);
	}

	public int blocks() {
		return sites.stream().mapToInt(Site::blocks).sum();
	}

	public long bytes() {
		return sites.stream().mapToLong(Site::bytes).sum();
	}
}
