// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsfTest {
	private static final int NO_ROOM = -1;

	private final Tlsf space = new Tlsf(1 << 20);

	@Test
	void theFirstExtentBeginsAtZero() {
		int first = space.allocate(100);
		assertEquals(0, space.offset(first));
		assertEquals(128, space.size(first));
	}

	@Test
	void theWholeSpaceCanBeOneExtent() {
		int all = space.allocate(1 << 20);
		assertNotEquals(NO_ROOM, all);
		assertEquals(0, space.largestFree());
		assertEquals(NO_ROOM, space.allocate(1));
		space.free(all);
		assertEquals(1 << 20, space.largestFree());
		space.checkInvariants();
	}

	@Test
	void freeMergesWithBothNeighbours() {
		int left = space.allocate(1 << 18);
		int middle = space.allocate(1 << 18);
		int right = space.allocate(1 << 18);
		space.allocate(1 << 18);
		space.free(left);
		space.free(right);
		assertEquals(1 << 18, space.largestFree());
		space.free(middle);
		space.checkInvariants();
		assertEquals(3 << 18, space.largestFree());
	}

	@Test
	void theLastExtentFreedIsTakenFirst() {
		int first = space.allocate(640);
		space.allocate(64);
		int second = space.allocate(640);
		space.allocate(64);
		long offset = space.offset(second);
		space.free(first);
		space.free(second);
		assertEquals(offset, space.offset(space.allocate(640)));
	}

	@Test
	void aHoleOfTheOwnClassIsTakenIfItIsLargeEnough() {
		// 65 and 64 quanta are of one class: the hole of 65 must serve a request for 65 rather than be passed over.
		int hole = space.allocate(65 * 64);
		space.allocate(64);
		space.free(hole);
		assertEquals(0, space.offset(space.allocate(65 * 64)));
	}

	@Test
	void freeingTwiceIsRefused() {
		int block = space.allocate(64);
		space.free(block);
		assertThrows(IllegalStateException.class, () -> space.free(block));
	}

	@Test
	void sameRequestsGiveSameOffsets() {
		assertEquals(offsets(7), offsets(7));
	}

	@ParameterizedTest
	@ValueSource(longs = {64, 1 << 16, (1L << 30) + 64, 127L << 30})
	void capacitiesOfAllSizesAreHeldTogether(long capacity) {
		var large = new Tlsf(capacity);
		large.checkInvariants();
		assertEquals(capacity, large.largestFree());
		large.free(large.allocate(64));
		assertEquals(capacity, large.largestFree());
	}

	@Test
	void randomRequestsKeepEveryInvariant() {
		long seed = System.nanoTime();
		System.out.println("TlsfTest seed " + seed);
		var random = new Random(seed);
		List<Integer> live = new ArrayList<>();
		for (int step = 0; step < 4000; step++) {
			if (live.isEmpty() || random.nextInt(100) < 55) {
				int block = space.allocate(1 + random.nextInt(1 << 4 + random.nextInt(13)));
				if (block != NO_ROOM) {
					live.add(block);
				}
			} else {
				space.free(live.remove(random.nextInt(live.size())));
			}
			space.checkInvariants();
		}
		live.forEach(space::free);
		space.checkInvariants();
		assertEquals(1 << 20, space.largestFree());
		assertEquals(0, space.used());
	}

	private static List<Long> offsets(long seed) {
		var random = new Random(seed);
		var space = new Tlsf(1 << 20);
		List<Integer> live = new ArrayList<>();
		List<Long> offsets = new ArrayList<>();
		for (int step = 0; step < 500; step++) {
			int block = space.allocate(1 + random.nextInt(20000));
			if (block == NO_ROOM) {
				space.free(live.remove(random.nextInt(live.size())));
			} else {
				live.add(block);
				offsets.add(space.offset(block));
			}
		}
		assertTrue(offsets.size() > 100);
		return offsets;
	}
}
