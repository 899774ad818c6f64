// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.BlockState;
import org.heaplens.model.HeapSnapshot;

/**
 * All heaps of a process on a screen of some size. Immutable.
 *
 * @param width  in pixels
 * @param height in pixels
 * @param tiles  one for each heap
 * @param flags  that occur
 * @param states that occur
 */
public record HeapScene(int width, int height, List<HeapTile> tiles, Set<BlockFlag> flags, Set<BlockState> states) {
	public static final HeapScene EMPTY = new HeapScene(0, 0, List.of(), Set.of(), Set.of());
	/** Name, bar and totals of a heap. */
	public static final int HEADER_HEIGHT = 50;
	/** Offsets of the rows. */
	public static final int SCALE_WIDTH = 58;
	/** Legend and status. */
	public static final int FOOTER_HEIGHT = 26;
	private static final int MARGIN = 10;
	/** Below that a map beside another one shows too little. */
	private static final int NARROWEST = 330;

	/** A heap and what a block of it is. */
	public record Hit(HeapTile tile, Block block) {}

	/**
	 * Lays the heaps out, beside each other if there is room, and paints them.
	 *
	 * @param mostBlocks the most blocks that a heap has held so far: rows only ever get thinner, so the picture does not jump
	 */
	public static HeapScene of(List<HeapSnapshot> heaps, int width, int height, Palette palette, ToIntFunction<HeapSnapshot> mostBlocks) {
		var tiles = new ArrayList<HeapTile>();
		int count = heaps.size();
		boolean beside = count > 0 && width / count >= NARROWEST;
		int room = height - FOOTER_HEIGHT;
		for (int index = 0; index < count; index++) {
			tiles.add(tile(heaps.get(index), slice(new Box(0, 0, width, room), index, count, beside), palette,
					mostBlocks.applyAsInt(heaps.get(index))));
		}
		Set<BlockFlag> flags = EnumSet.noneOf(BlockFlag.class);
		Set<BlockState> states = EnumSet.noneOf(BlockState.class);
		for (HeapSnapshot heap : heaps) {
			for (int index = 0; index < heap.blockCount(); index++) {
				flags.add(heap.block(index).flag());
				states.add(heap.block(index).state());
			}
		}
		return new HeapScene(width, height, List.copyOf(tiles), flags, states);
	}

	/** The block under that pixel. */
	public Optional<Hit> hit(int x, int y) {
		return tiles.stream().flatMap(tile -> tile.blockAt(x, y).map(block -> new Hit(tile, block)).stream()).findFirst();
	}

	/** The block over that byte of that heap. */
	public Optional<Hit> hit(int heap, long offset) {
		return tiles.stream().filter(tile -> tile.heap().heap().id() == heap)
				.flatMap(tile -> tile.heap().blockAt(offset).map(block -> new Hit(tile, block)).stream()).findFirst();
	}

	private static Box slice(Box whole, int index, int count, boolean beside) {
		if (beside) {
			int from = whole.width() * index / count;
			return new Box(whole.x() + from, whole.y(), whole.width() * (index + 1) / count - from, whole.height());
		}
		int from = whole.height() * index / count;
		return new Box(whole.x(), whole.y() + from, whole.width(), whole.height() * (index + 1) / count - from);
	}

	private static HeapTile tile(HeapSnapshot heap, Box box, Palette palette, int mostBlocks) {
		int left = box.x() + MARGIN;
		int right = box.right() - MARGIN;
		var header = new Box(left, box.y() + 4, right - left, HEADER_HEIGHT);
		int top = header.bottom() + 4;
		int bottom = box.bottom() - 4;
		var scale = new Box(left, top, SCALE_WIDTH, bottom - top);
		var map = new Box(scale.right(), top, right - scale.right(), bottom - top);
		AddressGrid grid = AddressGrid.of(map.width(), Math.max(1, map.height()), heap.heap().capacity(),
				Math.max(mostBlocks, heap.blockCount()));
		return new HeapTile(heap, header, scale, map, grid, MapRaster.paint(heap, grid, palette));
	}
}
