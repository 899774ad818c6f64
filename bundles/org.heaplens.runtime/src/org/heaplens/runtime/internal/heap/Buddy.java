// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.util.Arrays;

/**
 * Binary buddies: every extent is a power of two of quanta, at a multiple of its size, and joins only with the other half of what it was
 * split from. Fast, and wasteful: what is rounded up counts as used.
 */
public final class Buddy extends Extents {
	private static final int ORDERS = 31;

	private final int[] heads = new int[ORDERS];
	private int orderMap;

	public Buddy(long capacity) {
		super(capacity);
		Arrays.fill(heads, NONE);
		int at = 0;
		int last = NONE;
		// A capacity that is no power of two begins as several, the largest first, so that each lies at a multiple of its size.
		for (int left = (int) (capacity() / QUANTUM); left > 0; left -= Integer.highestOneBit(left)) {
			last = append(at, Integer.highestOneBit(left), last);
			release(last);
			at += Integer.highestOneBit(left);
		}
	}

	@Override
	public int allocate(long bytes) {
		long quanta = (bytes + QUANTUM - 1) / QUANTUM;
		if (bytes < 1 || quanta > 1 << ORDERS - 1) {
			return NONE;
		}
		int wanted = quanta == 1 ? 1 : Integer.highestOneBit((int) quanta - 1) << 1;
		int extent = find(wanted);
		if (extent == NONE) {
			return NONE;
		}
		while (sizeOf(extent) > wanted) {
			unlink(extent);
			int upper = split(extent, sizeOf(extent) / 2);
			release(upper);
			link(extent);
		}
		return take(wanted);
	}

	@Override
	public void free(int handle) {
		int extent = giveUp(handle);
		for (int buddy = buddy(extent); buddy != NONE && isFree(buddy); buddy = buddy(extent)) {
			unlink(buddy);
			extent = offsetOf(buddy) < offsetOf(extent) ? join(buddy, extent) : join(extent, buddy);
		}
		release(extent);
	}

	/** The other half of what an extent was split from, if it is whole; else NONE. */
	private int buddy(int extent) {
		boolean lower = (offsetOf(extent) & sizeOf(extent)) == 0;
		int neighbour = cells[(extent << SHIFT) + (lower ? BEHIND : BEFORE)];
		return neighbour != NONE && sizeOf(neighbour) == sizeOf(extent) ? neighbour : NONE;
	}

	@Override
	boolean mayLieBeside(int left, int right) {
		return buddy(left) != right;
	}

	@Override
	int find(int quanta) {
		int orders = orderMap & -1 << Integer.numberOfTrailingZeros(quanta);
		return orders == 0 ? NONE : heads[Integer.numberOfTrailingZeros(orders)];
	}

	@Override
	void link(int extent) {
		int order = Integer.numberOfTrailingZeros(sizeOf(extent));
		int head = heads[order];
		cells[(extent << SHIFT) + PREVIOUS] = NONE;
		cells[(extent << SHIFT) + NEXT] = head;
		if (head != NONE) {
			cells[(head << SHIFT) + PREVIOUS] = extent;
		}
		heads[order] = extent;
		orderMap |= 1 << order;
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
		int order = Integer.numberOfTrailingZeros(sizeOf(extent));
		heads[order] = next;
		if (next == NONE) {
			orderMap &= ~(1 << order);
		}
	}

	@Override
	int largest() {
		return Integer.highestOneBit(orderMap);
	}

	@Override
	int checkLinked() {
		int count = 0;
		for (int order = 0; order < ORDERS; order++) {
			require((orderMap >>> order & 1) == 1 == (heads[order] != NONE), "the map contradicts order " + order);
			for (int extent = heads[order]; extent != NONE; extent = cells[(extent << SHIFT) + NEXT]) {
				require(isFree(extent) && sizeOf(extent) == 1 << order && (offsetOf(extent) & sizeOf(extent) - 1) == 0,
						"extent " + extent + " of order " + order);
				count++;
			}
		}
		return count;
	}
}
