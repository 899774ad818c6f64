// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fast allocator decides as a slow one does that is written as the architecture words it. */
class TlsfDecisionsTest {
	private static final long CAPACITY = 4 << 20;
	private static final long NO_ROOM = -1;

	@ParameterizedTest
	@CsvSource({"5, 8", "3, 0", "5, 0", "1, 2"})
	void everyOffsetIsThatOfTheSlowOne(int subBits, int probes) {
		long seed = System.nanoTime();
		System.out.println("TlsfDecisionsTest seed " + seed + " for " + subBits + ", " + probes);
		var random = new Random(seed);
		var fast = new Tlsf(CAPACITY, subBits, probes);
		var slow = new Slow(subBits, probes);
		List<Integer> live = new ArrayList<>();
		for (int step = 0; step < 6000; step++) {
			// By turns it fills up and empties again.
			boolean more = random.nextInt(100) < (step / 1000 % 2 == 0 ? 65 : 35);
			if (more || live.isEmpty()) {
				int bytes = 1 + random.nextInt(1 << 4 + random.nextInt(15));
				int handle = fast.allocate(bytes);
				assertEquals(slow.allocate((bytes + 63) / 64), handle < 0 ? NO_ROOM : fast.offset(handle) / 64, "step " + step);
				if (handle >= 0) {
					live.add(handle);
				}
			} else {
				int handle = live.remove(random.nextInt(live.size()));
				slow.free(fast.offset(handle) / 64);
				fast.free(handle);
			}
			fast.checkInvariants();
			assertEquals(slow.largestFree(), fast.largestFree() / 64, "step " + step);
		}
	}

	/** Sizes and offsets in quanta. */
	private static final class Slow {
		private final int subBits;
		private final int probes;
		private final TreeMap<Long, Hole> holes = new TreeMap<>();
		private final Map<Long, Long> taken = new TreeMap<>();
		/** The newest hole of each class at first. */
		private final TreeMap<Long, Deque<Hole>> lists = new TreeMap<>();

		private record Hole(long offset, long size) {}

		Slow(int subBits, int probes) {
			this.subBits = subBits;
			this.probes = probes;
			add(new Hole(0, CAPACITY / 64));
		}

		long allocate(long size) {
			Hole found = find(size);
			if (found == null) {
				return NO_ROOM;
			}
			remove(found);
			taken.put(found.offset, size);
			if (found.size > size) {
				add(new Hole(found.offset + size, found.size - size));
			}
			return found.offset;
		}

		private @Nullable Hole find(long size) {
			int left = probes;
			for (Iterator<Hole> own = list(sizeClass(size)).iterator(); own.hasNext() && left > 0; left--) {
				Hole hole = own.next();
				if (hole.size >= size) {
					return hole;
				}
			}
			for (Deque<Hole> higher : lists.tailMap(sizeClass(size), false).values()) {
				if (!higher.isEmpty()) {
					return higher.peekFirst();
				}
			}
			return null;
		}

		void free(long offset) {
			var hole = new Hole(offset, taken.remove(offset));
			Map.Entry<Long, Hole> below = holes.floorEntry(offset);
			if (below != null && below.getValue().offset + below.getValue().size == offset) {
				remove(below.getValue());
				hole = new Hole(below.getValue().offset, below.getValue().size + hole.size);
			}
			Hole above = holes.get(hole.offset + hole.size);
			if (above != null) {
				remove(above);
				hole = new Hole(hole.offset, hole.size + above.size);
			}
			add(hole);
		}

		long largestFree() {
			return holes.values().stream().mapToLong(Hole::size).max().orElse(0);
		}

		private void add(Hole hole) {
			holes.put(hole.offset, hole);
			list(sizeClass(hole.size)).addFirst(hole);
		}

		private void remove(Hole hole) {
			holes.remove(hole.offset);
			list(sizeClass(hole.size)).remove(hole);
		}

		private Deque<Hole> list(long sizeClass) {
			return lists.computeIfAbsent(sizeClass, key -> new ArrayDeque<>());
		}

		/** The smallest size of the class: each power of two is cut into 2^subBits parts, as far as there are so many sizes. */
		private long sizeClass(long size) {
			long part = Math.max(1, Long.highestOneBit(size) >> subBits);
			return size / part * part;
		}
	}
}
