// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.util.Arrays;

/**
 * A two-level segregated fit allocator over one space of offsets. Not thread-safe: its heap's lock guards it.
 *
 * <p>
 * Nothing is stored in the space itself; extents are entries of parallel arrays. Every decision follows from the requests alone, not
 * from addresses, hashes or clocks, so that a replay gives the same offsets.
 *
 * <pre>
 * size in quanta   1 ... 31 | 32 ... 63 | 64 ... 127 | ...
 * class            one per  | 32 sub-classes for each power of two
 *                  size     |
 * </pre>
 *
 * A request looks at up to {@value #PROBES} extents of its own class, which may or may not be large enough, then takes the first of the
 * next class that has any, which certainly is.
 */
public final class Tlsf {
	/** Everything is a multiple of this many bytes. */
	public static final int QUANTUM = 64;
	private static final int SUB_BITS = 5;
	private static final int SUB_CLASSES = 1 << SUB_BITS;
	private static final int PROBES = 8;
	private static final int NONE = -1;

	private final long capacity;
	private final int[] heads;
	private final int[] subMaps;
	private int levelMap;

	// One entry per extent, free or not. Sizes and offsets in quanta.
	private int[] offset = new int[64];
	private int[] size = new int[64];
	private int[] before = new int[64];
	private int[] behind = new int[64];
	private int[] previousFree = new int[64];
	private int[] nextFree = new int[64];
	private boolean[] free = new boolean[64];
	private int entries;
	private int unused = NONE;
	private long usedQuanta;

	/** @param capacity bytes; rounded down to whole quanta, of which there has to be one and may be 2^31 - 1 */
	public Tlsf(long capacity) {
		long quanta = capacity / QUANTUM;
		if (quanta < 1 || quanta > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("no such heap: capacity=" + capacity);
		}
		this.capacity = quanta * QUANTUM;
		int levels = level((int) quanta) + 1;
		heads = new int[levels * SUB_CLASSES];
		subMaps = new int[levels];
		Arrays.fill(heads, NONE);
		int all = entry(0, (int) quanta, NONE, NONE);
		link(all);
	}

	/** Bytes in the whole space. */
	public long capacity() {
		return capacity;
	}

	/** Bytes handed out. */
	public long used() {
		return usedQuanta * QUANTUM;
	}

	/**
	 * Takes an extent.
	 *
	 * @param bytes at least 1; rounded up to whole quanta
	 * @return its handle, or -1 if no extent is large enough
	 */
	public int allocate(long bytes) {
		long wanted = (bytes + QUANTUM - 1) / QUANTUM;
		if (bytes < 1 || wanted > capacity / QUANTUM) {
			return NONE;
		}
		int quanta = (int) wanted;
		int found = find(quanta);
		if (found == NONE) {
			return NONE;
		}
		unlink(found);
		if (size[found] > quanta) {
			split(found, quanta);
		}
		usedQuanta += quanta;
		return found;
	}

	/** Gives an extent back and joins it with its free neighbours. */
	public void free(int handle) {
		if (handle < 0 || handle >= entries || free[handle] || size[handle] == 0) {
			throw new IllegalStateException("no such extent: handle=" + handle);
		}
		usedQuanta -= size[handle];
		int extent = handle;
		int left = before[extent];
		if (left != NONE && free[left]) {
			unlink(left);
			extent = join(left, extent);
		}
		int right = behind[extent];
		if (right != NONE && free[right]) {
			unlink(right);
			extent = join(extent, right);
		}
		link(extent);
	}

	/** Bytes from the start of the space. */
	public long offset(int handle) {
		return (long) offset[handle] * QUANTUM;
	}

	/** Bytes. */
	public long size(int handle) {
		return (long) size[handle] * QUANTUM;
	}

	/** Bytes of the largest free extent; looks only at the highest class that has any. */
	public long largestFree() {
		if (levelMap == 0) {
			return 0;
		}
		int level = 31 - Integer.numberOfLeadingZeros(levelMap);
		int sub = 31 - Integer.numberOfLeadingZeros(subMaps[level]);
		int largest = 0;
		for (int extent = heads[level * SUB_CLASSES + sub]; extent != NONE; extent = nextFree[extent]) {
			largest = Math.max(largest, size[extent]);
		}
		return (long) largest * QUANTUM;
	}

	/** Throws with the numbers if the arrays contradict each other; for tests. */
	public void checkInvariants() {
		long position = 0;
		long usedSum = 0;
		int freeCount = 0;
		boolean previousFreeExtent = false;
		int previous = NONE;
		for (int extent = first(); extent != NONE; extent = behind[extent]) {
			require(offset[extent] == position && size[extent] > 0 && before[extent] == previous, "extent " + extent);
			require(!(previousFreeExtent && free[extent]), "two free neighbours at " + extent);
			previousFreeExtent = free[extent];
			usedSum += free[extent] ? 0 : size[extent];
			freeCount += free[extent] ? 1 : 0;
			position += size[extent];
			previous = extent;
		}
		require(position == capacity / QUANTUM, "extents cover " + position + " quanta");
		require(usedSum == usedQuanta, "used " + usedSum + " but counted " + usedQuanta);
		require(freeCount == listed(), "free " + freeCount + " but listed " + listed());
	}

	private int first() {
		for (int extent = 0; extent < entries; extent++) {
			if (size[extent] > 0 && before[extent] == NONE) {
				return extent;
			}
		}
		throw new IllegalStateException("no first extent");
	}

	private int listed() {
		int count = 0;
		for (int index = 0; index < heads.length; index++) {
			boolean mapped = (levelMap >>> index / SUB_CLASSES & 1) == 1 && (subMaps[index / SUB_CLASSES] >>> index % SUB_CLASSES & 1) == 1;
			require(mapped == (heads[index] != NONE), "the maps contradict list " + index);
			for (int extent = heads[index]; extent != NONE; extent = nextFree[extent]) {
				require(free[extent] && index(size[extent]) == index, "extent " + extent + " in list " + index);
				count++;
			}
		}
		return count;
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("allocator damaged: " + what);
		}
	}

	private int find(int quanta) {
		int index = index(quanta);
		int probes = PROBES;
		for (int extent = heads[index]; extent != NONE && probes > 0; extent = nextFree[extent], probes--) {
			if (size[extent] >= quanta) {
				return extent;
			}
		}
		int level = index / SUB_CLASSES;
		int sub = index % SUB_CLASSES;
		int subs = sub == SUB_CLASSES - 1 ? 0 : subMaps[level] & -1 << sub + 1;
		if (subs == 0) {
			int levels = levelMap & -1 << level + 1;
			if (level == 31 || levels == 0) {
				return NONE;
			}
			level = Integer.numberOfTrailingZeros(levels);
			subs = subMaps[level];
		}
		return heads[level * SUB_CLASSES + Integer.numberOfTrailingZeros(subs)];
	}

	/** Level 0 holds the sizes below 32 quanta, one sub-class each; level n the sizes from 2^(n+4). */
	private static int level(int quanta) {
		return Math.max(0, 31 - Integer.numberOfLeadingZeros(quanta) - SUB_BITS + 1);
	}

	private static int index(int quanta) {
		int level = level(quanta);
		int sub = level == 0 ? quanta : quanta >>> level - 1 & SUB_CLASSES - 1;
		return level * SUB_CLASSES + sub;
	}

	private void split(int extent, int quanta) {
		int rest = entry(offset[extent] + quanta, size[extent] - quanta, extent, behind[extent]);
		if (behind[extent] != NONE) {
			before[behind[extent]] = rest;
		}
		behind[extent] = rest;
		size[extent] = quanta;
		link(rest);
	}

	/** The left one grows over the right one. */
	private int join(int left, int right) {
		size[left] += size[right];
		behind[left] = behind[right];
		if (behind[right] != NONE) {
			before[behind[right]] = left;
		}
		size[right] = 0;
		nextFree[right] = unused;
		unused = right;
		return left;
	}

	private void link(int extent) {
		int index = index(size[extent]);
		free[extent] = true;
		previousFree[extent] = NONE;
		nextFree[extent] = heads[index];
		if (heads[index] != NONE) {
			previousFree[heads[index]] = extent;
		}
		heads[index] = extent;
		subMaps[index / SUB_CLASSES] |= 1 << index % SUB_CLASSES;
		levelMap |= 1 << index / SUB_CLASSES;
	}

	private void unlink(int extent) {
		int index = index(size[extent]);
		free[extent] = false;
		if (nextFree[extent] != NONE) {
			previousFree[nextFree[extent]] = previousFree[extent];
		}
		if (previousFree[extent] != NONE) {
			nextFree[previousFree[extent]] = nextFree[extent];
			return;
		}
		heads[index] = nextFree[extent];
		if (heads[index] == NONE) {
			subMaps[index / SUB_CLASSES] &= ~(1 << index % SUB_CLASSES);
			if (subMaps[index / SUB_CLASSES] == 0) {
				levelMap &= ~(1 << index / SUB_CLASSES);
			}
		}
	}

	private int entry(int at, int quanta, int left, int right) {
		int extent = unused;
		if (extent == NONE) {
			if (entries == size.length) {
				grow();
			}
			extent = entries++;
		} else {
			unused = nextFree[extent];
		}
		offset[extent] = at;
		size[extent] = quanta;
		before[extent] = left;
		behind[extent] = right;
		free[extent] = false;
		return extent;
	}

	private void grow() {
		int length = size.length * 2;
		offset = Arrays.copyOf(offset, length);
		size = Arrays.copyOf(size, length);
		before = Arrays.copyOf(before, length);
		behind = Arrays.copyOf(behind, length);
		previousFree = Arrays.copyOf(previousFree, length);
		nextFree = Arrays.copyOf(nextFree, length);
		free = Arrays.copyOf(free, length);
	}
}
