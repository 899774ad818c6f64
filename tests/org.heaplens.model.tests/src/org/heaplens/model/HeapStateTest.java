// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeapStateTest {
	private static final HeapInfo HEAP = new HeapInfo(0, Side.HOST, 0, 64 * 1024, 0x1000);

	private final HeapState state = new HeapState();
	private long sequence;

	@BeforeEach
	void knowTheHeap() {
		state.add(HEAP);
	}

	@Test
	void anUntouchedHeapIsOneHole() {
		assertEquals(HEAP.capacity(), now().largestFree());
		assertEquals(HEAP.capacity(), now().freeBytes());
		assertEquals(Optional.empty(), now().blockAt(0));
	}

	@Test
	void blocksStandInAddressOrder() {
		apply(EventKind.ALLOCATE, 4096, 64);
		apply(EventKind.ALLOCATE, 0, 128);
		assertEquals(0, now().block(0).extent().offset());
		assertEquals(4096, now().block(1).extent().offset());
		assertEquals(now().block(0), now().blockAt(127).orElseThrow());
		assertEquals(Optional.empty(), now().blockAt(128));
	}

	@Test
	void theDigestIsThatOfOffsetsAndSizesInAddressOrder() {
		assertEquals(0xCBF29CE484222325L, now().digest());
		apply(EventKind.ALLOCATE, 128, 256);
		apply(EventKind.ALLOCATE, 0, 64);
		assertEquals(0x1C502A082BC8AB0AL, now().digest());
		apply(EventKind.FREE, 128, 256);
		assertEquals(0xC96E5D76A52CDC25L, now().digest());
	}

	@Test
	void snapshotsDoNotChangeWhenTheHeapDoes() {
		apply(EventKind.ALLOCATE, 0, 64);
		HeapSnapshot before = now();
		assertSame(before, now());
		apply(EventKind.FREE, 0, 64);
		assertEquals(1, before.blockCount());
		assertEquals(0, now().blockCount());
	}

	@Test
	void sendsMoveABlockThroughItsStates() {
		apply(EventKind.ALLOCATE, 0, 64);
		apply(EventKind.SEND_BEGIN, 0, 64);
		assertEquals(BlockState.SENDING, now().block(0).state());
		apply(EventKind.SEND_END, 0, 0);
		assertEquals(BlockState.LIVE, now().block(0).state());
		apply(EventKind.SEND_BEGIN, 0, 64);
		apply(EventKind.SEND_END, 0, 64);
		assertEquals(BlockState.SENT, now().block(0).state());
		apply(EventKind.AUTO_FREE, 0, 64);
		assertEquals(0, now().blockCount());
		assertEquals(1, now().frees());
	}

	@Test
	void blocksLeftAtTheEndAreLeaked() {
		apply(EventKind.ALLOCATE, 0, 64);
		apply(EventKind.PROCESS_ENDED, 0, 0);
		assertEquals(BlockState.LEAKED, now().block(0).state());
		assertTrue(now().totals().ended());
		assertEquals(64, now().liveBytes());
	}

	@Test
	void misusesAreCountedAndChangeNothing() {
		apply(EventKind.ALLOCATE, 0, 64);
		apply(EventKind.MISUSE, 0, 64);
		assertEquals(1, now().misuses());
		assertEquals(1, now().blockCount());
	}

	@Test
	void gapsAreCountedAndPassedOver() {
		apply(EventKind.ALLOCATE, 0, 64);
		sequence += 5;
		apply(EventKind.ALLOCATE, 64, 64);
		assertEquals(5, now().totals().missed());
		assertEquals(2, now().blockCount());
	}

	@Test
	void aBlockReplacesThoseWhoseFreeIsMissing() {
		apply(EventKind.ALLOCATE, 0, 64);
		apply(EventKind.ALLOCATE, 64, 64);
		apply(EventKind.ALLOCATE, 128, 64);
		apply(EventKind.ALLOCATE, 32, 64);
		assertEquals(2, now().blockCount());
		assertEquals(128, now().liveBytes());
	}

	@Test
	void blocksOutsideTheHeapAreNotBelieved() {
		apply(EventKind.ALLOCATE, HEAP.capacity() - 63, 64);
		apply(EventKind.ALLOCATE, Long.MAX_VALUE, 64);
		apply(EventKind.ALLOCATE, -64, 64);
		apply(EventKind.ALLOCATE, 0, -1);
		assertEquals(0, now().blockCount());
		assertEquals(HEAP.capacity(), now().largestFree());
	}

	@Test
	void agreesWithAByteMapOverRandomOperations() {
		long seed = new Random().nextLong();
		System.out.println("HeapStateTest seed " + seed);
		var random = new Random(seed);
		byte[] taken = new byte[(int) HEAP.capacity()];
		var sizes = new TreeMap<Integer, Integer>();
		long peak = 0;
		for (int step = 0; step < 3000; step++) {
			int offset = random.nextInt(taken.length / 64) * 64;
			int size = Math.min((1 + random.nextInt(20)) * 64, taken.length - offset);
			if (sizes.containsKey(offset)) {
				Arrays.fill(taken, offset, offset + sizes.remove(offset), (byte) 0);
				apply(random.nextBoolean() ? EventKind.FREE : EventKind.AUTO_FREE, offset, 0);
			} else if (count(taken, offset, offset + size) == 0) {
				Arrays.fill(taken, offset, offset + size, (byte) 1);
				sizes.put(offset, size);
				apply(random.nextBoolean() ? EventKind.ALLOCATE : EventKind.RECEIVE, offset, size);
			}
			long live = count(taken, 0, taken.length);
			peak = Math.max(peak, live);
			String where = "seed " + seed + ", step " + step;
			HeapSnapshot snapshot = now();
			assertEquals(live, snapshot.liveBytes(), where);
			assertEquals(peak, snapshot.peakBytes(), where);
			assertEquals(sizes.size(), snapshot.blockCount(), where);
			assertEquals(snapshot.allocations() - snapshot.frees(), snapshot.blockCount(), where);
			assertEquals(longestHole(taken), snapshot.largestFree(), where);
			assertEquals(taken[offset] == 1, snapshot.blockAt(offset).isPresent(), where);
		}
	}

	@Test
	void agreesWithASortedMapWhereBlocksOverlap() {
		long seed = new Random().nextLong();
		System.out.println("HeapStateTest overlaps seed " + seed);
		var random = new Random(seed);
		var blocks = new TreeMap<Long, HeapEvent>();
		for (int step = 0; step < 60_000; step++) {
			// Grows to many leaves, shrinks to few, and grows again.
			boolean growing = step / 15_000 % 2 == 0;
			long offset = random.nextInt((int) HEAP.capacity());
			var event = new HeapEvent(++sequence, step, random.nextInt(4) == 0 == growing ? EventKind.FREE : EventKind.ALLOCATE, 0,
					!growing && !blocks.isEmpty() && random.nextBoolean() ? blocks.firstKey() : offset, 1 + random.nextInt(9),
					random.nextInt(9), 0, BlockFlag.DVPP.code(), 0, MisuseReason.NONE, 1, 2, 3);
			state.apply(event);
			fold(blocks, event);
			if (step % 1000 == 0) {
				List<Block> expected = blocks.values().stream().map(HeapStateTest::block).toList();
				assertEquals(expected, now().blocks(), "seed " + seed + ", step " + step);
				assertEquals(expected.stream().mapToLong(block -> block.extent().size()).sum(), now().liveBytes());
			}
		}
		for (long offset = 0; offset < HEAP.capacity(); offset++) {
			apply(EventKind.FREE, offset, 1);
		}
		assertEquals(0, now().blockCount());
		assertEquals(0, now().liveBytes());
	}

	private static void fold(TreeMap<Long, HeapEvent> blocks, HeapEvent event) {
		if (event.kind() == EventKind.FREE) {
			blocks.remove(event.offset());
		} else if (event.offset() + event.size() <= HEAP.capacity()) {
			blocks.values().removeIf(
					other -> other.offset() < event.offset() + event.size() && event.offset() < other.offset() + other.size());
			blocks.put(event.offset(), event);
		}
	}

	private static Block block(HeapEvent event) {
		return new Block(0, new Extent(event.offset(), event.size()), event.requested(), BlockFlag.DVPP, BlockState.LIVE,
				event.sequence(), event.timeNanos(), 1, 2, 3);
	}

	@Test
	void goesOnFromWhatIsKnownFromElsewhere() {
		apply(EventKind.ALLOCATE, 0, 64);
		HeapSnapshot before = now();
		var block = new Block(0, new Extent(128, 64), 60, BlockFlag.AUTO_FREE, BlockState.SENT, 7, 70, 1, 2, 3);
		state.restore(HEAP, List.of(block), new HeapTotals(64, 256, 9, 8, 3, 2, 0, 20, false));
		assertEquals(List.of(block), now().blocks());
		assertEquals(new HeapTotals(64, 256, 9, 8, 3, 2, 19, 20, false), now().totals());
		sequence = 20;
		apply(EventKind.FREE, 128, 64);
		assertEquals(0, now().blockCount());
		assertEquals(9, now().frees());
		assertEquals(19, now().totals().missed());
		assertEquals(1, before.blockCount());
	}

	private static int count(byte[] taken, int from, int to) {
		int sum = 0;
		for (int at = from; at < to; at++) {
			sum += taken[at];
		}
		return sum;
	}

	private static int longestHole(byte[] taken) {
		int longest = 0;
		int hole = 0;
		for (byte one : taken) {
			hole = one == 0 ? hole + 1 : 0;
			longest = Math.max(longest, hole);
		}
		return longest;
	}

	private HeapSnapshot now() {
		return state.snapshot(0).orElseThrow();
	}

	private void apply(EventKind kind, long offset, int size) {
		state.apply(
				new HeapEvent(++sequence, sequence, kind, 0, offset, size, size, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, 0,
						0, 0));
	}
}
