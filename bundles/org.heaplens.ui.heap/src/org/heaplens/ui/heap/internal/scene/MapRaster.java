// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import java.util.Arrays;

import org.heaplens.model.Block;
import org.heaplens.model.HeapSnapshot;

/**
 * Paints one heap into an array of pixels, row by row, 0xRRGGBB each. Its cost is that of the pixels plus that of the blocks, so it
 * belongs on a thread of its own. Not thread-safe; one is made for one picture.
 */
final class MapRaster {
	private final AddressGrid grid;
	private final Palette palette;
	private final int[] pixels;

	private MapRaster(AddressGrid grid, Palette palette) {
		this.grid = grid;
		this.palette = palette;
		this.pixels = new int[grid.width() * grid.height()];
	}

	static int[] paint(HeapSnapshot heap, AddressGrid grid, Palette palette) {
		var raster = new MapRaster(grid, palette);
		raster.holes();
		for (int index = 0; index < heap.blockCount(); index++) {
			raster.block(heap.block(index));
		}
		return raster.pixels;
	}

	private void holes() {
		Arrays.fill(pixels, palette.background());
		int hole = palette.hole();
		for (int row = 0; row < grid.rows(); row++) {
			int top = row * grid.rowHeight() * grid.width();
			Arrays.fill(pixels, top, top + (grid.rowHeight() - grid.gap()) * grid.width(), hole);
		}
	}

	private void block(Block block) {
		long first = grid.cell(block.extent().offset());
		long end = grid.cellEnd(block.extent());
		int width = grid.width();
		int lines = grid.rowHeight() - grid.gap();
		var ink = new Ink(block, palette, lines);
		for (long cell = first; cell < end;) {
			int row = (int) (cell / width);
			int from = (int) (cell % width);
			int to = (int) Math.min(width, from + end - cell);
			boolean closes = cell + to - from == end;
			for (int line = 0; line < lines; line++) {
				int at = (row * grid.rowHeight() + line) * width;
				ink.line(pixels, at, from, to, line);
				if (closes && end - first >= 3) {
					// A seam, so that neighbours of one colour stay two blocks.
					pixels[at + to - 1] = palette.hole();
				}
			}
			cell += to - from;
		}
	}
}
