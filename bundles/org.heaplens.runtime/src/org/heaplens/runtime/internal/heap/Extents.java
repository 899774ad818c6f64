// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.util.Arrays;

/**
 * The extents of a space in the order of their addresses, free or not; which of the free ones is taken is left to subclasses.
 *
 * <pre>
 * one extent, STRIDE ints    OFFSET   in quanta
 *                            SIZE     in quanta; 0: the entry is not in use
 *                            BEFORE   the extent below it; NONE at the start
 *                            BEHIND   the extent above it; NONE at the end
 *                            PREVIOUS, NEXT   for lists of free extents
 *                            FREE     1 or 0
 * </pre>
 *
 * The ints of one extent stand together, so that touching an extent costs one or two cache lines.
 */
abstract class Extents implements Space {
	static final int NONE = -1;
	static final int SHIFT = 3;
	static final int OFFSET = 0;
	static final int SIZE = 1;
	static final int BEFORE = 2;
	static final int BEHIND = 3;
	static final int PREVIOUS = 4;
	static final int NEXT = 5;
	static final int FREE = 6;

	int[] cells = new int[64 << SHIFT];
	private final long capacity;
	private int entries;
	private int unused = NONE;
	private long usedQuanta;

	/** @param capacity bytes; rounded down to whole quanta, of which there has to be one and may be 2^31 - 1 */
	Extents(long capacity) {
		long quanta = capacity / QUANTUM;
		if (quanta < 1 || quanta > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("no such heap: capacity=" + capacity);
		}
		this.capacity = quanta * QUANTUM;
	}

	/** The free extent to take for that many quanta, or NONE. */
	abstract int find(int quanta);

	/** An extent has become free. */
	abstract void link(int extent);

	/** A free extent is taken, or changes its size. */
	abstract void unlink(int extent);

	/** Quanta of the largest free extent. */
	abstract int largest();

	/** Free extents that the subclass knows of; throws if it knows something wrong. */
	abstract int checkLinked();

	@Override
	public final long capacity() {
		return capacity;
	}

	@Override
	public final long used() {
		return usedQuanta * QUANTUM;
	}

	@Override
	public final long offset(int handle) {
		return (long) cells[(handle << SHIFT) + OFFSET] * QUANTUM;
	}

	@Override
	public final long size(int handle) {
		return (long) cells[(handle << SHIFT) + SIZE] * QUANTUM;
	}

	@Override
	public final long largestFree() {
		return (long) largest() * QUANTUM;
	}

	@Override
	public int allocate(long bytes) {
		long wanted = (bytes + QUANTUM - 1) / QUANTUM;
		if (bytes < 1 || wanted > capacity / QUANTUM) {
			return NONE;
		}
		return take((int) wanted);
	}

	/** Takes exactly that many quanta. */
	final int take(int quanta) {
		int extent = find(quanta);
		if (extent == NONE) {
			return NONE;
		}
		unlink(extent);
		cells[(extent << SHIFT) + FREE] = 0;
		if (sizeOf(extent) > quanta) {
			release(split(extent, quanta));
		}
		usedQuanta += quanta;
		return extent;
	}

	@Override
	public void free(int handle) {
		int extent = giveUp(handle);
		int left = cells[(extent << SHIFT) + BEFORE];
		if (left != NONE && isFree(left)) {
			unlink(left);
			extent = join(left, extent);
		}
		int right = cells[(extent << SHIFT) + BEHIND];
		if (right != NONE && isFree(right)) {
			unlink(right);
			extent = join(extent, right);
		}
		release(extent);
	}

	/** Checks a handle that is given back and counts it. */
	final int giveUp(int handle) {
		if (handle < 0 || handle >= entries || isFree(handle) || sizeOf(handle) == 0) {
			throw new IllegalStateException("no such extent: handle=" + handle);
		}
		usedQuanta -= sizeOf(handle);
		return handle;
	}

	final void release(int extent) {
		cells[(extent << SHIFT) + FREE] = 1;
		link(extent);
	}

	final int sizeOf(int extent) {
		return cells[(extent << SHIFT) + SIZE];
	}

	final int offsetOf(int extent) {
		return cells[(extent << SHIFT) + OFFSET];
	}

	final boolean isFree(int extent) {
		return cells[(extent << SHIFT) + FREE] == 1;
	}

	/** Makes the first extent of a space, or one behind another. */
	final int append(int at, int quanta, int left) {
		int extent = entry(at, quanta, left, NONE);
		if (left != NONE) {
			cells[(left << SHIFT) + BEHIND] = extent;
		}
		return extent;
	}

	/** Cuts an extent after that many quanta; returns the rest, which belongs to nobody yet. */
	final int split(int extent, int quanta) {
		int behind = cells[(extent << SHIFT) + BEHIND];
		int rest = entry(offsetOf(extent) + quanta, sizeOf(extent) - quanta, extent, behind);
		if (behind != NONE) {
			cells[(behind << SHIFT) + BEFORE] = rest;
		}
		cells[(extent << SHIFT) + BEHIND] = rest;
		cells[(extent << SHIFT) + SIZE] = quanta;
		return rest;
	}

	/** The left one grows over the right one; neither may be linked. */
	final int join(int left, int right) {
		int l = left << SHIFT;
		int r = right << SHIFT;
		cells[l + SIZE] += cells[r + SIZE];
		int behind = cells[r + BEHIND];
		cells[l + BEHIND] = behind;
		if (behind != NONE) {
			cells[(behind << SHIFT) + BEFORE] = left;
		}
		cells[r + SIZE] = 0;
		cells[r + NEXT] = unused;
		unused = right;
		return left;
	}

	private int entry(int at, int quanta, int left, int right) {
		int extent = unused;
		if (extent == NONE) {
			if (entries << SHIFT == cells.length) {
				cells = Arrays.copyOf(cells, cells.length * 2);
			}
			extent = entries++;
		} else {
			unused = cells[(extent << SHIFT) + NEXT];
		}
		int cell = extent << SHIFT;
		cells[cell + OFFSET] = at;
		cells[cell + SIZE] = quanta;
		cells[cell + BEFORE] = left;
		cells[cell + BEHIND] = right;
		cells[cell + FREE] = 0;
		return extent;
	}

	@Override
	public void checkInvariants() {
		long position = 0;
		long usedSum = 0;
		int freeCount = 0;
		int previous = NONE;
		for (int extent = first(); extent != NONE; extent = cells[(extent << SHIFT) + BEHIND]) {
			require(offsetOf(extent) == position && sizeOf(extent) > 0 && cells[(extent << SHIFT) + BEFORE] == previous,
					"extent " + extent);
			require(previous == NONE || !isFree(previous) || !isFree(extent) || mayLieBeside(previous, extent),
					"two free neighbours at " + extent);
			usedSum += isFree(extent) ? 0 : sizeOf(extent);
			freeCount += isFree(extent) ? 1 : 0;
			position += sizeOf(extent);
			previous = extent;
		}
		require(position == capacity / QUANTUM, "extents cover " + position + " quanta");
		require(usedSum == usedQuanta, "used " + usedSum + " but counted " + usedQuanta);
		int linked = checkLinked();
		require(freeCount == linked, "free " + freeCount + " but listed " + linked);
	}

	/** Whether two free extents may lie side by side. */
	boolean mayLieBeside(int left, int right) {
		return false;
	}

	private int first() {
		for (int extent = 0; extent < entries; extent++) {
			if (sizeOf(extent) > 0 && cells[(extent << SHIFT) + BEFORE] == NONE) {
				return extent;
			}
		}
		throw new IllegalStateException("no first extent");
	}

	static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("allocator damaged: " + what);
		}
	}
}
