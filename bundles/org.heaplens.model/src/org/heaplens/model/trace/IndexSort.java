// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

/** Sorts numbers of things by a key that each thing has, without an object for each. */
final class IndexSort {
	private IndexSort() {}

	/** Sorts so that {@code keys[order[i]]} grows; equal ones keep their order. */
	static void sort(int[] order, long[] keys) {
		int[] from = order;
		int[] to = new int[order.length];
		for (int run = 1; run < order.length; run *= 2) {
			for (int low = 0; low < order.length; low += 2 * run) {
				merge(from, to, keys, low, Math.min(low + run, order.length), Math.min(low + 2 * run, order.length));
			}
			int[] swap = from;
			from = to;
			to = swap;
		}
		if (from != order) {
			System.arraycopy(from, 0, order, 0, order.length);
		}
	}

	private static void merge(int[] from, int[] to, long[] keys, int low, int middle, int high) {
		int left = low;
		int right = middle;
		for (int next = low; next < high; next++) {
			boolean takeLeft = left < middle && (right >= high || keys[from[left]] <= keys[from[right]]);
			to[next] = takeLeft ? from[left++] : from[right++];
		}
	}
}
