// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.heaplens.runtime.replay.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
	private static final int NO_ROOM = -1;
	private static final long MIB = 1 << 20;

	@ParameterizedTest
	@EnumSource
	void randomRequestsKeepEveryInvariant(Policy policy) {
		long seed = System.nanoTime();
		System.out.println("PolicyTest " + policy.id() + " seed " + seed);
		var random = new Random(seed);
		// Not a power of two, so that the last extent is odd.
		Space space = policy.space(MIB + 192);
		Map<Long, Long> live = new TreeMap<>();
		List<Integer> handles = new ArrayList<>();
		for (int step = 0; step < 3000; step++) {
			if (handles.isEmpty() || random.nextInt(100) < 55) {
				int bytes = 1 + random.nextInt(1 << 4 + random.nextInt(13));
				int handle = space.allocate(bytes);
				if (handle != NO_ROOM) {
					handles.add(handle);
					assertTrue(space.size(handle) >= bytes && space.offset(handle) % Space.QUANTUM == 0);
					live.put(space.offset(handle), space.size(handle));
				}
			} else {
				int handle = handles.remove(random.nextInt(handles.size()));
				live.remove(space.offset(handle));
				space.free(handle);
			}
			space.checkInvariants();
			requireApart(live, space);
		}
		handles.forEach(space::free);
		space.checkInvariants();
		assertEquals(0, space.used());
	}

	private static void requireApart(Map<Long, Long> live, Space space) {
		long end = 0;
		long used = 0;
		for (Map.Entry<Long, Long> extent : live.entrySet()) {
			assertTrue(extent.getKey() >= end, "extents overlap at " + extent.getKey());
			end = extent.getKey() + extent.getValue();
			used += extent.getValue();
		}
		assertTrue(end <= space.capacity());
		assertEquals(used, space.used());
	}

	@Test
	void bestFitTakesTheSmallestHoleAndOfSeveralTheLowest() {
		followsReference(Policy.BEST_FIT, (holes, bytes) -> {
			long best = NO_ROOM;
			for (Map.Entry<Long, Long> hole : holes.entrySet()) {
				if (hole.getValue() >= bytes && (best == NO_ROOM || hole.getValue() < holes.get(best))) {
					best = hole.getKey();
				}
			}
			return best;
		});
	}

	@Test
	void firstFitTakesTheLowestHole() {
		followsReference(Policy.FIRST_FIT, (holes, bytes) -> holes.entrySet().stream().filter(hole -> hole.getValue() >= bytes)
				.map(Map.Entry::getKey).findFirst().orElse((long) NO_ROOM));
	}

	private interface Reference {
		/** The offset of the hole to take; -1 for none. Holes are sizes by offset. */
		long choose(TreeMap<Long, Long> holes, long bytes);
	}

	private static void followsReference(Policy policy, Reference reference) {
		long seed = System.nanoTime();
		System.out.println("PolicyTest " + policy.id() + " seed " + seed);
		var random = new Random(seed);
		Space space = policy.space(MIB);
		var live = new TreeMap<Long, Long>();
		List<Integer> handles = new ArrayList<>();
		for (int step = 0; step < 4000; step++) {
			if (handles.isEmpty() || random.nextInt(100) < 52) {
				// Few sizes, so that holes of the same size are common.
				long bytes = 64L * (1 + random.nextInt(4) * random.nextInt(60));
				long expected = reference.choose(holes(live), bytes);
				int handle = space.allocate(bytes);
				assertEquals(expected, handle == NO_ROOM ? NO_ROOM : space.offset(handle), "step " + step);
				if (handle != NO_ROOM) {
					handles.add(handle);
					live.put(space.offset(handle), bytes);
				}
			} else {
				int handle = handles.remove(random.nextInt(handles.size()));
				live.remove(space.offset(handle));
				space.free(handle);
			}
		}
	}

	private static TreeMap<Long, Long> holes(TreeMap<Long, Long> live) {
		var holes = new TreeMap<Long, Long>();
		long end = 0;
		for (Map.Entry<Long, Long> extent : live.entrySet()) {
			if (extent.getKey() > end) {
				holes.put(end, extent.getKey() - end);
			}
			end = extent.getKey() + extent.getValue();
		}
		if (end < MIB) {
			holes.put(end, MIB - end);
		}
		return holes;
	}

	@Test
	void buddiesLieAtMultiplesOfTheirSizeAndJoinOnlyWithTheirOtherHalf() {
		Space space = Policy.BUDDY.space(8 * 64);
		int first = space.allocate(64);
		int second = space.allocate(100);
		int third = space.allocate(64);
		assertEquals(0, space.offset(first));
		assertEquals(128, space.size(second));
		assertEquals(0, space.offset(second) % 128);
		assertEquals(256, space.largestFree());
		space.free(second);
		// The neighbour of what was freed is half in use, so that nothing larger than 128 comes of it but the upper half.
		assertEquals(256, space.largestFree());
		space.free(first);
		space.free(third);
		assertEquals(512, space.largestFree());
	}

	@Test
	void aBuddyHeapOfAnySizeCanBeUsedToItsLastQuantum() {
		Space space = Policy.BUDDY.space(7 * 64);
		for (int quantum = 0; quantum < 7; quantum++) {
			assertTrue(space.allocate(1) != NO_ROOM);
		}
		assertEquals(NO_ROOM, space.allocate(1));
		assertEquals(7 * 64, space.used());
	}

	@ParameterizedTest
	@EnumSource
	void whatDoesNotFitIsRefusedAndChangesNothing(Policy policy) {
		Space space = policy.space(MIB);
		assertEquals(NO_ROOM, space.allocate(MIB + 1));
		assertEquals(NO_ROOM, space.allocate(0));
		assertEquals(NO_ROOM, space.allocate(-5));
		assertEquals(NO_ROOM, space.allocate(Long.MAX_VALUE - 100));
		space.checkInvariants();
		assertEquals(MIB, space.largestFree());
		assertThrows(IllegalStateException.class, () -> space.free(0));
		assertThrows(IllegalStateException.class, () -> space.free(-1));
	}

	@Test
	void policiesAreFoundByWhatUsersCallThem() {
		for (Policy policy : Policy.values()) {
			assertEquals(policy, Policy.of(policy.id()));
		}
		String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> Policy.of("worst-fit")).getMessage());
		assertEquals("no policy 'worst-fit'; there are tlsf, tlsf8, best-fit, first-fit, buddy", message);
	}
}
