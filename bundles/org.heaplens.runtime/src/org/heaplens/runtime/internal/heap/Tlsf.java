// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.util.Arrays;

/**
 * Two-level segregated fit: constant time, and close to the packing of best fit.
 *
 * <pre>
 * size in quanta   1 ... 31 | 32 ... 63 | 64 ... 127 | ...        with 32 sub-classes
 * class            one per  | 32 sub-classes for each power of two
 *                  size     |
 * </pre>
 *
 * A request looks at some extents of its own class, which may or may not be large enough, then takes the first of the next class that has
 * any, which certainly is.
 */
public final class Tlsf extends Extents {
	private static final int SUB_BITS = 5;
	private static final int PROBES = 8;

	private final int subBits;
	private final int probes;
	private final int[] heads;
	private final int[] subMaps;
	private int levelMap;

	/** With 32 sub-classes and 8 probes, which is what a heap has. */
	public Tlsf(long capacity) {
		this(capacity, SUB_BITS, PROBES);
	}

	/**
	 * @param capacity bytes
	 * @param subBits  each power of two has 2^subBits sub-classes; 1 to 5
	 * @param probes   extents of a request's own class that are looked at
	 */
	public Tlsf(long capacity, int subBits, int probes) {
		super(capacity);
		this.subBits = subBits;
		this.probes = probes;
		int quanta = (int) (capacity() / QUANTUM);
		int levels = level(quanta) + 1;
		heads = new int[levels << subBits];
		subMaps = new int[levels];
		Arrays.fill(heads, NONE);
		release(append(0, quanta, NONE));
	}

	@Override
	int find(int quanta) {
		int index = index(quanta);
		int left = probes;
		for (int extent = heads[index]; extent != NONE && left > 0; extent = cells[(extent << SHIFT) + NEXT], left--) {
			if (sizeOf(extent) >= quanta) {
				return extent;
			}
		}
		int level = index >>> subBits;
		int sub = index & (1 << subBits) - 1;
		// Shifting by 32 would shift by nothing.
		int subs = sub == 31 ? 0 : subMaps[level] & -1 << sub + 1;
		if (subs == 0) {
			int levels = level == 31 ? 0 : levelMap & -1 << level + 1;
			if (levels == 0) {
				return NONE;
			}
			level = Integer.numberOfTrailingZeros(levels);
			subs = subMaps[level];
		}
		return heads[(level << subBits) + Integer.numberOfTrailingZeros(subs)];
	}

	/** Looks only at the highest class that has any. */
	@Override
	int largest() {
		if (levelMap == 0) {
			return 0;
		}
		int level = 31 - Integer.numberOfLeadingZeros(levelMap);
		int sub = 31 - Integer.numberOfLeadingZeros(subMaps[level]);
		int largest = 0;
		for (int extent = heads[(level << subBits) + sub]; extent != NONE; extent = cells[(extent << SHIFT) + NEXT]) {
			largest = Math.max(largest, sizeOf(extent));
		}
		return largest;
	}

	@Override
	void link(int extent) {
		int index = index(sizeOf(extent));
		int head = heads[index];
		int cell = extent << SHIFT;
		cells[cell + PREVIOUS] = NONE;
		cells[cell + NEXT] = head;
		if (head != NONE) {
			cells[(head << SHIFT) + PREVIOUS] = extent;
		} else {
			subMaps[index >>> subBits] |= 1 << (index & (1 << subBits) - 1);
			levelMap |= 1 << (index >>> subBits);
		}
		heads[index] = extent;
	}

	@Override
	void unlink(int extent) {
		int previous = cells[(extent << SHIFT) + PREVIOUS];
		int next = cells[(extent << SHIFT) + NEXT];
		if (next != NONE) {
			cells[(next << SHIFT) + PREVIOUS] = previous;
		}
		if (previous != NONE) {
			cells[(previous << SHIFT) + NEXT] = next;
			return;
		}
		int index = index(sizeOf(extent));
		heads[index] = next;
		if (next == NONE) {
			int level = index >>> subBits;
			subMaps[level] &= ~(1 << (index & (1 << subBits) - 1));
			if (subMaps[level] == 0) {
				levelMap &= ~(1 << level);
			}
		}
	}

	@Override
	int checkLinked() {
		int count = 0;
		for (int index = 0; index < heads.length; index++) {
			int level = index >>> subBits;
			boolean mapped = (levelMap >>> level & 1) == 1 && (subMaps[level] >>> (index & (1 << subBits) - 1) & 1) == 1;
			require(mapped == (heads[index] != NONE), "the maps contradict list " + index);
			for (int extent = heads[index]; extent != NONE; extent = cells[(extent << SHIFT) + NEXT]) {
				require(isFree(extent) && index(sizeOf(extent)) == index, "extent " + extent + " in list " + index);
				count++;
			}
		}
		return count;
	}

	/** Level 0 holds the sizes below 2^subBits quanta, one sub-class each; level n the sizes from 2^(n + subBits - 1). */
	private int level(int quanta) {
		return Math.max(0, 32 - Integer.numberOfLeadingZeros(quanta) - subBits);
	}

	private int index(int quanta) {
		int level = level(quanta);
		int sub = level == 0 ? quanta : quanta >>> level - 1 & (1 << subBits) - 1;
		return (level << subBits) + sub;
	}
}
