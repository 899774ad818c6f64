// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.Arrays;

/**
 * Rows of numbers, each row once: what events (or blocks) have in common, so that each of them needs no more than the number of its row.
 * Written sorted and as differences, which makes of a row about two bytes. One thread.
 */
final class RowTable {
	private final int width;
	private long[] rows = new long[256];
	/** Hash table of numbers of rows + 1. */
	private int[] buckets = new int[256];
	private int count;

	RowTable(int width) {
		this.width = width;
	}

	void clear() {
		count = 0;
		Arrays.fill(buckets, 0);
	}

	int count() {
		return count;
	}

	long get(int row, int column) {
		return rows[row * width + column];
	}

	/** The number of the row with these values. */
	int number(long[] values) {
		int mask = buckets.length - 1;
		long hash = 0;
		for (int column = 0; column < width; column++) {
			hash = (hash ^ values[column]) * 0x9E3779B97F4A7C15L;
			hash ^= hash >>> 32;
		}
		int bucket = (int) hash & mask;
		while (buckets[bucket] != 0) {
			int row = buckets[bucket] - 1;
			if (Arrays.equals(rows, row * width, (row + 1) * width, values, 0, width)) {
				return row;
			}
			bucket = bucket + 1 & mask;
		}
		if ((count + 1) * 2 > buckets.length) {
			grow();
			return number(values);
		}
		append(values);
		buckets[bucket] = count;
		return count - 1;
	}

	private void append(long[] values) {
		if ((count + 1) * width > rows.length) {
			rows = Arrays.copyOf(rows, 2 * rows.length);
		}
		System.arraycopy(values, 0, rows, count * width, width);
		count++;
	}

	private void grow() {
		long[] old = rows;
		int oldCount = count;
		rows = new long[old.length];
		buckets = new int[2 * buckets.length];
		count = 0;
		for (int row = 0; row < oldCount; row++) {
			number(Arrays.copyOfRange(old, row * width, (row + 1) * width));
		}
	}

	/** Writes the rows in sorted order, column by column; {@code result[row]} is where the row stands in it. */
	int[] write(ByteColumn target) {
		int[] order = new int[count];
		for (int row = 0; row < count; row++) {
			order[row] = row;
		}
		long[] keys = new long[count];
		for (int column = width - 1; column >= 0; column--) {
			for (int row = 0; row < count; row++) {
				keys[row] = get(row, column);
			}
			IndexSort.sort(order, keys);
		}
		target.putVarint(count);
		for (int column = 0; column < width; column++) {
			long last = 0;
			for (int row : order) {
				long value = get(row, column);
				target.putVarint(BitColumn.zigzag(value - last));
				last = value;
			}
		}
		int[] places = new int[count];
		for (int place = 0; place < count; place++) {
			places[order[place]] = place;
		}
		return places;
	}

	/** @param most rows that there may be */
	void read(ByteSource source, int most) throws DamagedPieceException {
		clear();
		int stated = source.varint(most);
		if ((long) stated * width > source.left()) {
			throw new DamagedPieceException("a table of " + stated + " rows ends too early");
		}
		if (rows.length < stated * width) {
			rows = new long[stated * width];
		}
		for (int column = 0; column < width; column++) {
			long value = 0;
			for (int row = 0; row < stated; row++) {
				value += BitColumn.unzigzag(source.varint());
				rows[row * width + column] = value;
			}
		}
		count = stated;
	}
}
