// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The blocks of one heap in the order of their addresses, as columns of numbers: objects are made only of what is looked at. No two of
 * its blocks overlap. Not thread-safe.
 *
 * <pre>
 * leaf 0                    leaf 1                    ...      each with up to LEAF offsets in their order, and where their rows are
 * [offset row] [offset row] [offset row] [offset row]
 * </pre>
 */
final class LiveSet {
	private static final int LEAF = 128;
	private static final int WIDTH = 6;
	private static final int SEQUENCE = 0;
	private static final int TIME = 1;
	/** Low half size, high half requested size. */
	private static final int SIZES = 2;
	/** Low half thread, high half stack. */
	private static final int ORIGIN = 3;
	/** Low half engine, high half code of the flag. */
	private static final int ENGINE_FLAG = 4;
	private static final int STATE = 5;
	private static final BlockState[] STATES = BlockState.values();

	private final int heap;
	private long[][] offsets = {new long[LEAF]};
	private int[][] rows = {new int[LEAF]};
	private int[] counts = {0};
	/** The first offset of each leaf; that of the first leaf does not matter. */
	private long[] firsts = {0};
	private int leaves = 1;
	private int size;

	private int[] unused = new int[0];
	private int unusedCount;
	/** What is known of the block of a row, side by side: one line of the cache for each. */
	private long[] cells = new long[0];
	/** What was made of a row when it was looked at; null since the row changed. */
	private @Nullable Block[] made = new @Nullable Block[0];

	LiveSet(int heap) {
		this.heap = heap;
	}

	int size() {
		return size;
	}

	void clear() {
		Arrays.fill(counts, 0);
		Arrays.fill(made, null);
		leaves = 1;
		size = 0;
		unusedCount = 0;
		for (int row = made.length - 1; row >= 0; row--) {
			unused[unusedCount++] = row;
		}
	}

	/** Makes the block of an event. There must be none that overlaps it. */
	void add(HeapEvent event) {
		int at = WIDTH * take(event.offset());
		cells[at + SEQUENCE] = event.sequence();
		cells[at + TIME] = event.timeNanos();
		cells[at + SIZES] = pair(event.size(), event.requested());
		cells[at + ORIGIN] = pair(event.thread(), event.stack());
		cells[at + ENGINE_FLAG] = pair(event.engine(), event.flag());
		cells[at + STATE] = BlockState.LIVE.ordinal();
	}

	/** Takes a block over. There must be none that overlaps it. */
	void add(Block block) {
		int row = take(block.extent().offset());
		int at = WIDTH * row;
		cells[at + SEQUENCE] = block.sequence();
		cells[at + TIME] = block.timeNanos();
		cells[at + SIZES] = pair((int) block.extent().size(), block.requested());
		cells[at + ORIGIN] = pair(block.thread(), block.stack());
		cells[at + ENGINE_FLAG] = pair(block.engine(), block.flag().code());
		cells[at + STATE] = block.state().ordinal();
		made[row] = block;
	}

	/** Removes the block that begins there; returns its size in bytes, or 0 if there is none. */
	int remove(long offset) {
		int leaf = leaf(offset);
		int place = Arrays.binarySearch(offsets[leaf], 0, counts[leaf], offset);
		return place < 0 ? 0 : removeAt(leaf, place);
	}

	/** Removes all blocks that have a byte in the extent; returns the bytes of theirs. */
	long removeOverlaps(long offset, long end) {
		long bytes = 0;
		while (size > 0) {
			int leaf = leaf(end - 1);
			int place = Arrays.binarySearch(offsets[leaf], 0, counts[leaf], end - 1);
			int below = place >= 0 ? place : -place - 2;
			if (below < 0 || offsets[leaf][below] + low(rows[leaf][below], SIZES) <= offset) {
				return bytes;
			}
			bytes += removeAt(leaf, below);
		}
		return bytes;
	}

	/** Sets the state of the block that begins there, if there is one. */
	void state(long offset, BlockState state) {
		int leaf = leaf(offset);
		int place = Arrays.binarySearch(offsets[leaf], 0, counts[leaf], offset);
		if (place >= 0) {
			setState(rows[leaf][place], state);
		}
	}

	/** Sets the state of all blocks. */
	void stateOfAll(BlockState state) {
		for (int leaf = 0; leaf < leaves; leaf++) {
			for (int place = 0; place < counts[leaf]; place++) {
				setState(rows[leaf][place], state);
			}
		}
	}

	/** In the order of their addresses. What did not change since the last call is not made again. */
	Block[] blocks() {
		Block[] result = new Block[size];
		int next = 0;
		for (int leaf = 0; leaf < leaves; leaf++) {
			for (int place = 0; place < counts[leaf]; place++) {
				result[next++] = block(rows[leaf][place], offsets[leaf][place]);
			}
		}
		return result;
	}

	private Block block(int row, long offset) {
		Block known = made[row];
		if (known != null) {
			return known;
		}
		BlockFlag flag = BlockFlag.of(high(row, ENGINE_FLAG)).orElse(BlockFlag.MANUAL_FREE);
		int at = WIDTH * row;
		Block block = new Block(heap, new Extent(offset, low(row, SIZES)), high(row, SIZES), flag, STATES[(int) cells[at + STATE]],
				cells[at + SEQUENCE], cells[at + TIME], low(row, ORIGIN), high(row, ORIGIN), low(row, ENGINE_FLAG));
		made[row] = block;
		return block;
	}

	private void setState(int row, BlockState state) {
		if (cells[WIDTH * row + STATE] != state.ordinal()) {
			cells[WIDTH * row + STATE] = state.ordinal();
			made[row] = null;
		}
	}

	private int low(int row, int column) {
		return (int) cells[WIDTH * row + column];
	}

	private int high(int row, int column) {
		return (int) (cells[WIDTH * row + column] >>> Integer.SIZE);
	}

	private static long pair(int low, int high) {
		return (long) high << Integer.SIZE | low & 0xFFFF_FFFFL;
	}

	/** The leaf where that offset is or would be: the last that does not begin behind it. Only the first may be empty. */
	private int leaf(long offset) {
		int low = 1;
		int high = leaves - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			if (firsts[middle] <= offset) {
				low = middle + 1;
			} else {
				high = middle - 1;
			}
		}
		return high;
	}

	private int take(long offset) {
		if (unusedCount == 0) {
			grow();
		}
		int row = unused[--unusedCount];
		int leaf = leaf(offset);
		if (counts[leaf] == LEAF) {
			split(leaf);
			leaf = leaf(offset);
		}
		int place = -Arrays.binarySearch(offsets[leaf], 0, counts[leaf], offset) - 1;
		System.arraycopy(offsets[leaf], place, offsets[leaf], place + 1, counts[leaf] - place);
		System.arraycopy(rows[leaf], place, rows[leaf], place + 1, counts[leaf] - place);
		offsets[leaf][place] = offset;
		rows[leaf][place] = row;
		firsts[leaf] = offsets[leaf][0];
		counts[leaf]++;
		size++;
		return row;
	}

	private int removeAt(int leaf, int place) {
		int row = rows[leaf][place];
		made[row] = null;
		unused[unusedCount++] = row;
		int behind = --counts[leaf] - place;
		System.arraycopy(offsets[leaf], place + 1, offsets[leaf], place, behind);
		System.arraycopy(rows[leaf], place + 1, rows[leaf], place, behind);
		firsts[leaf] = offsets[leaf][0];
		size--;
		if (counts[leaf] == 0 && leaf > 0) {
			leaves--;
			move(leaf + 1, leaf, leaves - leaf);
		}
		return low(row, SIZES);
	}

	private void split(int leaf) {
		if (leaves == counts.length) {
			offsets = Arrays.copyOf(offsets, 2 * leaves);
			rows = Arrays.copyOf(rows, 2 * leaves);
			counts = Arrays.copyOf(counts, 2 * leaves);
			firsts = Arrays.copyOf(firsts, 2 * leaves);
		}
		move(leaf + 1, leaf + 2, leaves - leaf - 1);
		leaves++;
		int half = LEAF / 2;
		offsets[leaf + 1] = Arrays.copyOf(Arrays.copyOfRange(offsets[leaf], half, LEAF), LEAF);
		rows[leaf + 1] = Arrays.copyOf(Arrays.copyOfRange(rows[leaf], half, LEAF), LEAF);
		firsts[leaf + 1] = offsets[leaf + 1][0];
		counts[leaf + 1] = LEAF - half;
		counts[leaf] = half;
	}

	private void move(int from, int to, int count) {
		System.arraycopy(offsets, from, offsets, to, count);
		System.arraycopy(rows, from, rows, to, count);
		System.arraycopy(counts, from, counts, to, count);
		System.arraycopy(firsts, from, firsts, to, count);
	}

	private void grow() {
		int old = made.length;
		int length = Math.max(64, 2 * old);
		cells = Arrays.copyOf(cells, WIDTH * length);
		made = Arrays.copyOf(made, length);
		unused = Arrays.copyOf(unused, length);
		for (int row = length - 1; row >= old; row--) {
			unused[unusedCount++] = row;
		}
	}
}
