// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.heaplens.model.Extent;
import org.junit.jupiter.api.Test;

class AddressGridTest {
	@Test
	void offsetOfACellIsInThatCell() {
		long seed = System.nanoTime();
		System.out.println("seed " + seed);
		var random = new Random(seed);
		for (int round = 0; round < 2_000; round++) {
			var grid = AddressGrid.of(1 + random.nextInt(900), 1 + random.nextInt(700), 1 + random.nextLong(1L << 40),
					random.nextInt(100_000));
			long cell = random.nextLong(grid.cells());
			if (grid.capacity() >= grid.cells()) {
				assertEquals(cell, grid.cell(grid.offset(cell)), grid::toString);
			}
			assertTrue(grid.cell(grid.capacity() - 1) < grid.cells(), grid::toString);
		}
	}

	@Test
	void rowsOfARoundHeapBeginAtRoundOffsets() {
		var grid = AddressGrid.of(300, 200, 64 << 20, 10);
		assertEquals(8, grid.rows());
		assertEquals(8 << 20, grid.offset(grid.width()));
	}

	@Test
	void rowsNeverExceedTheHeight() {
		for (int height = 1; height < 500; height += 7) {
			assertTrue(AddressGrid.of(100, height, 1 << 20, 50_000).height() <= height);
		}
	}

	@Test
	void moreBlocksMakeThinnerRows() {
		assertTrue(AddressGrid.of(400, 300, 1 << 30, 100_000).rows() > AddressGrid.of(400, 300, 1 << 30, 10).rows());
	}

	@Test
	void extentWrapsIntoTheNextRow() {
		var grid = new AddressGrid(10, 2, 8, 2, 20);
		assertEquals(List.of(new Box(7, 0, 3, 6), new Box(0, 8, 2, 6)), grid.boxes(new Extent(7, 5)));
	}

	@Test
	void smallestExtentHasACell() {
		var grid = new AddressGrid(10, 1, 8, 2, 1 << 30);
		assertEquals(List.of(new Box(9, 0, 1, 6)), grid.boxes(new Extent((1 << 30) - 1, 1)));
	}
}
