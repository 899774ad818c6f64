// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapEvent;

/**
 * The blocks of one heap and the holes between them, brought forward event by event; knows the largest hole after each. One thread at a
 * time.
 */
public final class LiveBlocks {
	private final long capacity;
	/** The event that made a block, by the block's offset. */
	private final TreeMap<Long, HeapEvent> blocks = new TreeMap<>();
	/** How many holes there are of each size. */
	private final TreeMap<Long, Integer> holes = new TreeMap<>();
	private long liveBytes;

	/** @param capacity of the heap in bytes */
	public LiveBlocks(long capacity) {
		this.capacity = capacity;
		addHole(capacity);
	}

	/**
	 * Adds the block of an ALLOCATE or RECEIVE; what lies in its place has been freed by an event that is missing.
	 *
	 * @return whether it lies in the heap
	 */
	public boolean add(HeapEvent made) {
		long offset = made.offset();
		if (made.size() < 1 || offset < 0 || offset > capacity - made.size()) {
			return false;
		}
		Map.Entry<Long, HeapEvent> below = blocks.lowerEntry(offset + made.size());
		while (below != null && end(below.getValue()) > offset) {
			remove(below.getKey());
			below = blocks.lowerEntry(offset + made.size());
		}
		long start = below == null ? 0 : end(below.getValue());
		Long above = blocks.higherKey(offset);
		long end = above == null ? capacity : above;
		removeHole(end - start);
		addHole(offset - start);
		addHole(end - offset - made.size());
		blocks.put(offset, made);
		liveBytes += made.size();
		return true;
	}

	/** Removes the block there and returns what made it; {@code null} if there is none. */
	public @Nullable HeapEvent remove(long offset) {
		HeapEvent made = blocks.remove(offset);
		if (made == null) {
			return null;
		}
		Map.Entry<Long, HeapEvent> below = blocks.lowerEntry(offset);
		Long above = blocks.higherKey(offset);
		long start = below == null ? 0 : end(below.getValue());
		long end = above == null ? capacity : above;
		removeHole(offset - start);
		removeHole(end - end(made));
		addHole(end - start);
		liveBytes -= made.size();
		return made;
	}

	public int count() {
		return blocks.size();
	}

	public long liveBytes() {
		return liveBytes;
	}

	public long largestHole() {
		return holes.isEmpty() ? 0 : holes.lastKey();
	}

	/** 1 - largest hole / free bytes: how much of what is free one request cannot have. 0 in a full heap. */
	public double fragmentation() {
		long free = capacity - liveBytes;
		return free <= 0 ? 0 : 1 - largestHole() / (double) free;
	}

	private static long end(HeapEvent made) {
		return made.offset() + made.size();
	}

	private void addHole(long size) {
		if (size > 0) {
			holes.merge(size, 1, Integer::sum);
		}
	}

	private void removeHole(long size) {
		if (size > 0 && holes.merge(size, -1, Integer::sum) == 0) {
			holes.remove(size);
		}
	}
}
