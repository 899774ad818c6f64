// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import java.util.List;
import java.util.Optional;

import org.heaplens.model.Block;
import org.heaplens.model.HeapSnapshot;

/**
 * One heap on the screen. Immutable, but for its pixels, which nobody may change.
 *
 * @param heap   what is shown
 * @param header where its name and totals go
 * @param scale  where the offsets of the rows go, left of the map
 * @param map    where the map goes, of which the pixels may leave some at the bottom
 * @param grid   how addresses became pixels
 * @param pixels of the map, 0xRRGGBB, {@code grid.width()} in a row
 */
public record HeapTile(HeapSnapshot heap, Box header, Box scale, Box map, AddressGrid grid, int[] pixels) {
	/** The block under that pixel of the scene; of several in one pixel the first. */
	public Optional<Block> blockAt(int x, int y) {
		int line = y - map.y();
		if (!map.contains(x, y) || line >= grid.height() || line % grid.rowHeight() >= grid.rowHeight() - grid.gap()) {
			return Optional.empty();
		}
		long cell = (long) (line / grid.rowHeight()) * grid.width() + x - map.x();
		Optional<Block> block = heap.blockAt(Math.min(grid.offset(cell), heap.heap().capacity() - 1));
		// A block smaller than a cell may begin behind the cell's first byte.
		return block.or(() -> firstIn(cell));
	}

	/** Where that block is on the screen, row by row. */
	public List<Box> boxes(Block block) {
		return grid.boxes(block.extent()).stream().map(box -> new Box(box.x() + map.x(), box.y() + map.y(), box.width(), box.height()))
				.toList();
	}

	private Optional<Block> firstIn(long cell) {
		int low = 0;
		int high = heap.blockCount();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (grid.cell(heap.block(middle).extent().offset()) < cell) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low < heap.blockCount() && grid.cell(heap.block(low).extent().offset()) == cell
				? Optional.of(heap.block(low))
				: Optional.empty();
	}
}
