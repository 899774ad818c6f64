// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import java.util.ArrayList;
import java.util.List;

import org.heaplens.model.Extent;

/**
 * How the addresses of one heap wrap into rows, like the words of a page. Immutable.
 *
 * <pre>
 *        0            width
 *   row 0 |█████░░░███████|   rowHeight pixels, of which the last gap ones stay empty
 *   row 1 |███░░░░░░██████|
 * </pre>
 *
 * @param width     of a row in pixels; at least 1
 * @param rows      at least 1
 * @param rowHeight in pixels with the gap; at least 1
 * @param gap       in pixels, between rows; less than rowHeight
 * @param capacity  bytes that all rows stand for; at least 1
 */
public record AddressGrid(int width, int rows, int rowHeight, int gap, long capacity) {
	/** Least heights of rows, most comfortable first. */
	private static final int[] ROW_HEIGHTS = {14, 8, 4, 2, 1};
	/** So wide a block can be seen and pointed at. */
	private static final int COMFORTABLE_PIXELS = 12;

	/**
	 * The grid with the most comfortable rows in which so many blocks of common size can still be pointed at. The number of rows is a power
	 * of two, so that rows of a heap of round size begin at round offsets.
	 *
	 * @param blocks the most blocks that the heap has held
	 */
	public static AddressGrid of(int width, int height, long capacity, int blocks) {
		int columns = Math.max(1, width);
		int rows = 1;
		for (int least : ROW_HEIGHTS) {
			rows = Integer.highestOneBit(Math.max(1, height / least));
			if ((long) rows * columns >= (long) blocks * COMFORTABLE_PIXELS) {
				break;
			}
		}
		int rowHeight = Math.max(1, height / rows);
		return new AddressGrid(columns, rows, rowHeight, rowHeight >= 7 ? 2 : rowHeight >= 3 ? 1 : 0, capacity);
	}

	/** All pixels of all rows, one after the other. */
	public long cells() {
		return (long) width * rows;
	}

	public int height() {
		return rows * rowHeight;
	}

	/** The cell in which that byte is. */
	public long cell(long offset) {
		return (long) ((double) offset / capacity * cells());
	}

	/** The first byte of that cell. */
	public long offset(long cell) {
		return (long) Math.ceil((double) cell * capacity / cells());
	}

	/** One past the last cell of that extent, which has one cell at least. */
	public long cellEnd(Extent extent) {
		return Math.min(cells(), Math.max(cell(extent.offset()) + 1, cell(extent.end())));
	}

	/** Bytes of one cell, rounded up. */
	public long bytesPerCell() {
		return Math.max(1, (capacity + cells() - 1) / cells());
	}

	/** Where the rows of that extent are, relative to the grid; the first first. */
	public List<Box> boxes(Extent extent) {
		var boxes = new ArrayList<Box>();
		long end = cellEnd(extent);
		for (long cell = cell(extent.offset()); cell < end;) {
			int row = (int) (cell / width);
			int column = (int) (cell % width);
			int length = (int) Math.min(width - column, end - cell);
			boxes.add(new Box(column, row * rowHeight, length, rowHeight - gap));
			cell += length;
		}
		return boxes;
	}
}
