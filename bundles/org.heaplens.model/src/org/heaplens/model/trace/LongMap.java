// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.Arrays;

/**
 * From numbers of 0 and more to numbers of 0 and more, without an object for each. Open addressing: key and value stand side by side, so
 * that what is looked up costs one line of the cache. One thread.
 */
final class LongMap {
	private static final int LEAST = 16;
	/** Key + 1 and value in turn; 0 where there is none. Half of it stays empty: a search that goes on is one that no processor foresees. */
	private long[] table = new long[2 * LEAST];
	private int mask = LEAST - 1;
	private int size;

	int size() {
		return size;
	}

	/** The value, or -1. */
	long get(long key) {
		long stored = key + 1;
		long[] pairs = table;
		for (int slot = slot(key);; slot = slot + 1 & mask) {
			long found = pairs[2 * slot];
			if (found == stored) {
				return pairs[2 * slot + 1];
			}
			if (found == 0) {
				return -1;
			}
		}
	}

	/** The value that the key had, or -1. */
	long put(long key, long value) {
		long stored = key + 1;
		long[] pairs = table;
		for (int slot = slot(key);; slot = slot + 1 & mask) {
			long found = pairs[2 * slot];
			if (found == stored) {
				long old = pairs[2 * slot + 1];
				pairs[2 * slot + 1] = value;
				return old;
			}
			if (found == 0) {
				pairs[2 * slot] = stored;
				pairs[2 * slot + 1] = value;
				if (++size > mask / 2) {
					grow();
				}
				return -1;
			}
		}
	}

	/** The value that the key had, or -1. */
	long remove(long key) {
		long stored = key + 1;
		long[] pairs = table;
		int slot = slot(key);
		while (pairs[2 * slot] != stored) {
			if (pairs[2 * slot] == 0) {
				return -1;
			}
			slot = slot + 1 & mask;
		}
		long old = pairs[2 * slot + 1];
		size--;
		closeGap(slot);
		return old;
	}

	void clear() {
		if (size > 0) {
			Arrays.fill(table, 0);
			size = 0;
		}
	}

	/** Moves up what would not be found any more behind an empty place. */
	private void closeGap(int emptied) {
		long[] pairs = table;
		int gap = emptied;
		for (int next = gap + 1 & mask; pairs[2 * next] != 0; next = next + 1 & mask) {
			int home = slot(pairs[2 * next] - 1);
			if ((next - home & mask) >= (next - gap & mask)) {
				pairs[2 * gap] = pairs[2 * next];
				pairs[2 * gap + 1] = pairs[2 * next + 1];
				gap = next;
			}
		}
		pairs[2 * gap] = 0;
	}

	private void grow() {
		long[] old = table;
		table = new long[2 * old.length];
		mask = 2 * mask + 1;
		size = 0;
		for (int at = 0; at < old.length; at += 2) {
			if (old[at] != 0) {
				put(old[at] - 1, old[at + 1]);
			}
		}
	}

	private int slot(long key) {
		// Fibonacci hashing: offsets are multiples of large powers of two.
		return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
	}
}
