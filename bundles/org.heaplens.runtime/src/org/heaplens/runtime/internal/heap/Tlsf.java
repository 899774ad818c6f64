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
 *
 * <p>
 * A processor guesses wrongly where it is left to chance, as here: whether a neighbour is free, whether a list becomes empty. Each wrong
 * guess costs as much as a dozen instructions, so these questions are calculated and not asked. Everything lies in one array, and what
 * there is not is an extent that may be written to and is never looked at:
 *
 * <pre>
 * 0        8                 first
 * +--------+-----------------+--------+--------+--------+----
 * | nobody | heads of lists  | dummy  | extent | extent | ...
 * +--------+-----------------+--------+--------+--------+----
 *
 * one extent   OFFSET   in quanta
 *              SIZE     in quanta; 0: it is not in use
 *              BEFORE   position of the extent below it; 0, nobody, at the start
 *              BEHIND   position of the extent above it; 0, nobody, at the end
 *              POINTER  position of the int that holds this extent's position: a head, or NEXT of another extent in its list
 *              NEXT     position of the next extent in its list; 0, nobody, at the end
 *              FREE     1 or 0
 * </pre>
 *
 * The dummy is in a list of its own that nobody reads; it is taken out of it instead of a neighbour that is not free.
 */
public final class Tlsf implements Space {
	private static final int SUB_BITS = 5;
	private static final int PROBES = 8;

	private static final int STRIDE = 8;
	private static final int OFFSET = 0;
	private static final int SIZE = 1;
	private static final int BEFORE = 2;
	private static final int BEHIND = 3;
	private static final int POINTER = 4;
	private static final int NEXT = 5;
	private static final int FREE = 6;
	private static final int UNREAD = 7;

	/** A large array's first int lies 16 bytes behind the beginning of a cache line: so shifted, no extent lies on two lines. */
	private static final int SHIFTED = 4;

	private static final int NOBODY = 0;
	private static final int HEADS = STRIDE;
	/** At most 26 x 32 + 32 classes. */
	private static final int WORDS = 16;

	private final int quanta;
	private final int subBits;
	private final int probes;
	private final int headsEnd;
	private final int dummy;
	private final int firstExtent;
	/** A bit for each class whose list has extents. */
	private final long[] classes = new long[WORDS];
	/** A bit for each word of {@link #classes} that has bits. */
	private int words;
	private int[] cells;
	private int end;
	/** Positions of extents that are not in use. */
	private int[] spare;
	private int spares;
	private int usedQuanta;

	/** With 32 sub-classes and 8 probes, which is what a heap has. */
	public Tlsf(long capacity) {
		this(capacity, SUB_BITS, PROBES);
	}

	/**
	 * @param capacity bytes; rounded down to whole quanta, of which there has to be one and may be 2^31 - 1
	 * @param subBits  each power of two has 2^subBits sub-classes; 1 to 5
	 * @param probes   extents of a request's own class that are looked at
	 */
	public Tlsf(long capacity, int subBits, int probes) {
		long whole = capacity / QUANTUM;
		if (whole < 1 || whole > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("no such heap: capacity=" + capacity);
		}
		this.quanta = (int) whole;
		this.subBits = subBits;
		this.probes = probes;
		this.headsEnd = HEADS + sizeClass(Integer.MAX_VALUE) + 1;
		this.dummy = (headsEnd + STRIDE - 1) / STRIDE * STRIDE + SHIFTED;
		this.firstExtent = dummy + STRIDE;
		this.cells = new int[firstExtent + 64 * STRIDE];
		this.spare = new int[64];
		this.end = firstExtent;
		cells[dummy + POINTER] = dummy + UNREAD;
		int all = entry();
		cells[all + SIZE] = quanta;
		cells[all + FREE] = 1;
		link(cells, all, quanta);
	}

	@Override
	public long capacity() {
		return (long) quanta * QUANTUM;
	}

	@Override
	public long used() {
		return (long) usedQuanta * QUANTUM;
	}

	@Override
	public long offset(int handle) {
		return (long) cells[handle + OFFSET] * QUANTUM;
	}

	@Override
	public long size(int handle) {
		return (long) cells[handle + SIZE] * QUANTUM;
	}

	@Override
	public int allocate(long bytes) {
		long wanted = bytes + QUANTUM - 1 >> 6;
		if (bytes < 1 || wanted > quanta) {
			return -1;
		}
		int size = (int) wanted;
		int extent = find(size);
		if (extent == NOBODY) {
			return -1;
		}
		unlink(cells, extent);
		if (cells[extent + SIZE] != size) {
			split(extent, size);
		}
		cells[extent + FREE] = 0;
		usedQuanta += size;
		return extent;
	}

	private int find(int size) {
		int[] m = cells;
		int own = sizeClass(size);
		int left = probes;
		for (int extent = m[HEADS + own]; extent != NOBODY && left > 0; extent = m[extent + NEXT], left--) {
			if (m[extent + SIZE] >= size) {
				return extent;
			}
		}
		int higher = own + 1;
		int word = higher >>> 6;
		// A shift of a long is modulo 64.
		long bits = classes[word] & -1L << higher;
		if (bits == 0) {
			int rest = words & -1 << word + 1;
			if (rest == 0) {
				return NOBODY;
			}
			word = Integer.numberOfTrailingZeros(rest);
			bits = classes[word];
		}
		return m[HEADS + (word << 6) + Long.numberOfTrailingZeros(bits)];
	}

	/** Leaves the first so many quanta in the extent; the rest becomes a free one. */
	private void split(int extent, int size) {
		int rest = entry();
		int[] m = cells;
		int behind = m[extent + BEHIND];
		int left = m[extent + SIZE] - size;
		m[rest + OFFSET] = m[extent + OFFSET] + size;
		m[rest + SIZE] = left;
		m[rest + BEFORE] = extent;
		m[rest + BEHIND] = behind;
		m[rest + FREE] = 1;
		m[behind + BEFORE] = rest;
		m[extent + BEHIND] = rest;
		m[extent + SIZE] = size;
		link(m, rest, left);
	}

	@Override
	public void free(int handle) {
		int[] m = cells;
		if (handle < firstExtent || handle >= end || handle % STRIDE != SHIFTED || m[handle + FREE] != 0 || m[handle + SIZE] == 0) {
			throw new IllegalStateException("no such extent: handle=" + handle);
		}
		int size = m[handle + SIZE];
		usedQuanta -= size;
		int left = m[handle + BEFORE];
		int right = m[handle + BEHIND];
		int leftFree = m[left + FREE];
		int rightFree = m[right + FREE];
		int joinedLeft = choose(leftFree, left, dummy);
		int joinedRight = choose(rightFree, right, dummy);
		unlink(m, joinedLeft);
		unlink(m, joinedRight);
		int whole = size + m[joinedLeft + SIZE] + m[joinedRight + SIZE];
		int extent = choose(leftFree, left, handle);
		int behind = choose(rightFree, m[right + BEHIND], right);
		// What is joined to another is not in use any more; nobody and extents that are not free stay as they are.
		m[handle + SIZE] = choose(leftFree, 0, size);
		m[right + SIZE] = choose(rightFree, 0, m[right + SIZE]);
		m[right + FREE] = 0;
		spare[spares] = handle;
		spares += leftFree;
		spare[spares] = right;
		spares += rightFree;
		m[extent + SIZE] = whole;
		m[extent + BEHIND] = behind;
		m[extent + FREE] = 1;
		m[behind + BEFORE] = extent;
		link(m, extent, whole);
	}

	/** The first if the condition is 1, the second if it is 0. */
	private static int choose(int condition, int first, int second) {
		return second ^ (first ^ second) & -condition;
	}

	private void link(int[] m, int extent, int size) {
		int index = sizeClass(size);
		int next = m[HEADS + index];
		m[HEADS + index] = extent;
		m[extent + POINTER] = HEADS + index;
		m[extent + NEXT] = next;
		m[next + POINTER] = extent + NEXT;
		classes[index >>> 6] |= 1L << index;
		words |= 1 << (index >>> 6);
	}

	private void unlink(int[] m, int extent) {
		int pointer = m[extent + POINTER];
		int next = m[extent + NEXT];
		m[pointer] = next;
		m[next + POINTER] = pointer;
		// 1 if the pointer is a head and there is no next: both differences are negative.
		long empty = (pointer - headsEnd & next - 1) >>> 31;
		int index = pointer - HEADS;
		// If it is none, this is some word or other, and stays as it is.
		int word = index >>> 6 & WORDS - 1;
		long bits = classes[word] & ~(empty << index);
		classes[word] = bits;
		words = words & ~(1 << word) | (int) ((bits | -bits) >>> 63) << word;
	}

	/** One for each size below 2^subBits quanta, then 2^subBits for each power of two. */
	private int sizeClass(int size) {
		int shift = Math.max(0, 31 - subBits - Integer.numberOfLeadingZeros(size));
		return (shift << subBits) + (size >>> shift);
	}

	private int entry() {
		if (spares > 0) {
			return spare[--spares];
		}
		if (end + STRIDE > cells.length) {
			cells = Arrays.copyOf(cells, Math.addExact(cells.length, cells.length));
		}
		int extent = end;
		end += STRIDE;
		// Room for all, and for the one that a free writes in vain.
		if ((end - firstExtent) / STRIDE + 1 >= spare.length) {
			spare = Arrays.copyOf(spare, spare.length * 2);
		}
		return extent;
	}

	/** Looks only at the highest class that has any. */
	@Override
	public long largestFree() {
		if (words == 0) {
			return 0;
		}
		int word = 31 - Integer.numberOfLeadingZeros(words);
		int index = (word << 6) + 63 - Long.numberOfLeadingZeros(classes[word]);
		int largest = 0;
		for (int extent = cells[HEADS + index]; extent != NOBODY; extent = cells[extent + NEXT]) {
			largest = Math.max(largest, cells[extent + SIZE]);
		}
		return (long) largest * QUANTUM;
	}

	@Override
	public void checkInvariants() {
		long position = 0;
		long usedSum = 0;
		int free = 0;
		int count = 0;
		int previous = NOBODY;
		for (int extent = lowest(); extent != NOBODY; extent = cells[extent + BEHIND]) {
			require(cells[extent + OFFSET] == position && cells[extent + SIZE] > 0 && cells[extent + BEFORE] == previous,
					"extent " + extent);
			require(cells[previous + FREE] + cells[extent + FREE] < 2, "two free neighbours at " + extent);
			usedSum += cells[extent + FREE] == 1 ? 0 : cells[extent + SIZE];
			free += cells[extent + FREE];
			position += cells[extent + SIZE];
			previous = extent;
			count++;
		}
		require(position == quanta, "extents cover " + position + " quanta");
		require(usedSum == usedQuanta, "used " + usedSum + " but counted " + usedQuanta);
		require(free == listed(), "free " + free + " but listed " + listed());
		require(count + spares == (end - firstExtent) / STRIDE, count + " extents and " + spares + " spare ones");
		require(cells[NOBODY + FREE] == 0 && cells[NOBODY + SIZE] == 0 && cells[dummy + SIZE] == 0 && cells[dummy + NEXT] == NOBODY,
				"nobody became somebody");
	}

	/** The first extent of the space: the one that is in use and has nobody before it. */
	private int lowest() {
		for (int extent = firstExtent; extent < end; extent += STRIDE) {
			if (cells[extent + SIZE] > 0 && cells[extent + BEFORE] == NOBODY) {
				return extent;
			}
		}
		throw new IllegalStateException("no first extent");
	}

	private int listed() {
		int count = 0;
		for (int index = 0; index < headsEnd - HEADS; index++) {
			boolean mapped = (words >>> (index >>> 6) & 1) == 1 && (classes[index >>> 6] >>> index & 1) == 1;
			require(mapped == (cells[HEADS + index] != NOBODY), "the maps contradict list " + index);
			int pointer = HEADS + index;
			for (int extent = cells[pointer]; extent != NOBODY; extent = cells[pointer]) {
				require(cells[extent + FREE] == 1 && sizeClass(cells[extent + SIZE]) == index && cells[extent + POINTER] == pointer,
						"extent " + extent + " in list " + index);
				pointer = extent + NEXT;
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
}
