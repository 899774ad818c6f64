// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.util.Arrays;

/**
 * Free extents in the order of a key, with the largest value below each: a treap whose nodes are extents. Its shape depends on the order
 * of insertions alone, and what it answers does not depend on its shape.
 */
final class ExtentTree {
	private static final int NONE = -1;

	private int root = NONE;
	private long[] key = new long[64];
	private int[] value = new int[64];
	private int[] largest = new int[64];
	private int[] left = new int[64];
	private int[] right = new int[64];
	private int[] priority = new int[64];
	private int random = 0x9E3779B9;
	// The two results of a split.
	private int below;
	private int above;

	void insert(int extent, long itsKey, int itsValue) {
		if (extent >= key.length) {
			grow(Math.max(extent + 1, key.length * 2));
		}
		key[extent] = itsKey;
		value[extent] = itsValue;
		largest[extent] = itsValue;
		left[extent] = NONE;
		right[extent] = NONE;
		priority[extent] = nextRandom();
		split(root, itsKey);
		int behind = above;
		root = merge(merge(below, extent), behind);
	}

	void remove(int extent) {
		split(root, key[extent]);
		int lower = below;
		split(above, key[extent] + 1);
		root = merge(lower, above);
	}

	/** The extent with the least key that is not below that one, or -1. */
	int ceiling(long least) {
		int found = NONE;
		int node = root;
		while (node != NONE) {
			if (key[node] >= least) {
				found = node;
				node = left[node];
			} else {
				node = right[node];
			}
		}
		return found;
	}

	/** The extent with the least key among those with at least that value, or -1. */
	int firstWith(int leastValue) {
		int node = root;
		while (node != NONE && largest[node] >= leastValue) {
			if (left[node] != NONE && largest[left[node]] >= leastValue) {
				node = left[node];
			} else if (value[node] >= leastValue) {
				return node;
			} else {
				node = right[node];
			}
		}
		return NONE;
	}

	/** The largest value; 0 if there is none. */
	int largest() {
		return root == NONE ? 0 : largest[root];
	}

	/** How many there are; throws if the order or a largest value is wrong. */
	int check() {
		return check(root, Long.MIN_VALUE, Long.MAX_VALUE);
	}

	private int check(int node, long least, long most) {
		if (node == NONE) {
			return 0;
		}
		Extents.require(key[node] >= least && key[node] <= most, "key of extent " + node);
		int count = 1 + check(left[node], least, key[node] - 1) + check(right[node], key[node] + 1, most);
		int expected = Math.max(value[node], Math.max(largestOf(left[node]), largestOf(right[node])));
		Extents.require(largest[node] == expected, "largest value below extent " + node);
		return count;
	}

	/** Into what is below the key, and what is not. */
	private void split(int node, long at) {
		if (node == NONE) {
			below = NONE;
			above = NONE;
		} else if (key[node] < at) {
			split(right[node], at);
			right[node] = below;
			update(node);
			below = node;
		} else {
			split(left[node], at);
			left[node] = above;
			update(node);
			above = node;
		}
	}

	private int merge(int lower, int upper) {
		if (lower == NONE) {
			return upper;
		}
		if (upper == NONE) {
			return lower;
		}
		if (priority[lower] > priority[upper]) {
			right[lower] = merge(right[lower], upper);
			update(lower);
			return lower;
		}
		left[upper] = merge(lower, left[upper]);
		update(upper);
		return upper;
	}

	private void update(int node) {
		largest[node] = Math.max(value[node], Math.max(largestOf(left[node]), largestOf(right[node])));
	}

	private int largestOf(int node) {
		return node == NONE ? 0 : largest[node];
	}

	/** Xorshift, always from the same seed. */
	private int nextRandom() {
		random ^= random << 13;
		random ^= random >>> 17;
		random ^= random << 5;
		return random;
	}

	private void grow(int length) {
		key = Arrays.copyOf(key, length);
		value = Arrays.copyOf(value, length);
		largest = Arrays.copyOf(largest, length);
		left = Arrays.copyOf(left, length);
		right = Arrays.copyOf(right, length);
		priority = Arrays.copyOf(priority, length);
	}
}
