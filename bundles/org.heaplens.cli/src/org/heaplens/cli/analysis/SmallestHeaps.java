// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapInfo;
import org.heaplens.runtime.replay.Policy;
import org.heaplens.runtime.replay.Replay;
import org.heaplens.runtime.replay.ReplayPlan;
import org.heaplens.runtime.replay.ReplayResult;

/**
 * Finds the least heaps on which no request of a recording times out: by halving, for all heaps in the same passes over the recording.
 * That more room is never worse holds but for fragmentation, so a smaller size may exist where a larger one fails by bad luck.
 */
public final class SmallestHeaps {
	/** The least heap that is tried, and the step. */
	public static final long LEAST = 1L << 20;
	/** The largest heap that is tried: an allocator counts in 64 bytes and 31 bits. */
	public static final long MOST = 64L << 30;

	/**
	 * What was found for one heap.
	 *
	 * @param bytes            a multiple of {@link SmallestHeaps#LEAST}; 0 if even {@link SmallestHeaps#MOST} is too small
	 * @param peakBytes        the most that is handed out in it
	 * @param waits            requests that wait in it
	 * @param longestWaitNanos what one of them waits at most
	 */
	public record Smallest(HeapInfo heap, long bytes, long peakBytes, long waits, long longestWaitNanos) {}

	/** Between which sizes, in steps, the answer lies. */
	private static final class Search {
		private long tooSmall;
		private long enough = MOST / LEAST + 1;
		private long next;
		private @Nullable ReplayResult best;

		Search(HeapInfo heap) {
			next = Math.max(1, Math.min(MOST, heap.capacity()) / LEAST);
		}

		boolean isDone() {
			return enough - tooSmall <= 1;
		}

		void learn(ReplayResult result) {
			if (result.fits()) {
				enough = next;
				best = result;
			} else {
				tooSmall = next;
			}
			// As long as nothing was enough, twice as much each time: the answer is near the recording's size.
			boolean unbounded = best == null;
			next = unbounded ? Math.min(2 * tooSmall, MOST / LEAST) : Math.max(1, (tooSmall + enough) / 2);
		}
	}

	private SmallestHeaps() {}

	private static Set<Integer> open(Map<Integer, Search> searches) {
		return searches.entrySet().stream().filter(entry -> !entry.getValue().isDone()).map(Map.Entry::getKey).collect(Collectors.toSet());
	}

	public static List<Smallest> find(Recording recording, Policy policy, long timeOutMillis) throws IOException {
		List<HeapInfo> heaps = recording.heaps();
		Map<Integer, Search> searches = new HashMap<>();
		heaps.forEach(heap -> searches.put(heap.id(), new Search(heap)));
		for (Set<Integer> open = open(searches); !open.isEmpty(); open = open(searches)) {
			Map<Integer, Long> sizes = new HashMap<>();
			searches.forEach((heap, search) -> sizes.put(heap, search.next * LEAST));
			var replay = new Replay(heaps, new ReplayPlan(policy, sizes, timeOutMillis, true));
			var undecided = new HashSet<>(open);
			recording.events(event -> {
				// The heaps stand alone: what is decided needs no more of its events.
				if (undecided.contains(event.heap())) {
					replay.apply(event);
					if (replay.hasTimedOut(event.heap())) {
						undecided.remove(event.heap());
					}
				}
				return !undecided.isEmpty();
			});
			for (ReplayResult result : replay.finish()) {
				if (open.contains(result.heap().id())) {
					searches.get(result.heap().id()).learn(result);
				}
			}
		}
		var found = new ArrayList<Smallest>();
		for (HeapInfo heap : heaps) {
			ReplayResult best = searches.get(heap.id()).best;
			found.add(best == null
					? new Smallest(heap, 0, 0, 0, 0)
					: new Smallest(heap, best.capacity(), best.peakBytes(), best.waits(), best.longestWaitNanos()));
		}
		return found;
	}
}
