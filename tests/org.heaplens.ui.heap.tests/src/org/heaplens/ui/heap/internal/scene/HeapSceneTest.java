// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapSnapshot;
import org.junit.jupiter.api.Test;

class HeapSceneTest {
	private static final Palette PALETTE = new Palette(0xFFFFFF, 0x000000);
	private static final long CAPACITY = 1 << 20;

	@Test
	void everyBlockIsHitWhereItIsDrawn() {
		var heaps = new Heaps(CAPACITY);
		for (int index = 0; index < 64; index++) {
			heaps.block(index * 16_384L, 8_192, BlockFlag.MANUAL_FREE);
		}
		HeapScene scene = scene(900, 400, heaps.snapshot());
		HeapTile tile = scene.tiles().get(0);
		for (Block block : tile.heap().blocks()) {
			Box box = tile.boxes(block).get(0);
			assertEquals(block, scene.hit(box.x() + box.width() / 2, box.y()).orElseThrow().block());
		}
	}

	@Test
	void holesAreNoBlocksAndLookEmpty() {
		HeapScene scene = scene(900, 400, new Heaps(CAPACITY).block(CAPACITY / 2, 4096, BlockFlag.DVPP).snapshot());
		HeapTile tile = scene.tiles().get(0);
		assertTrue(scene.hit(tile.map().x(), tile.map().y()).isEmpty());
		assertEquals(PALETTE.hole(), tile.pixels()[0]);
		assertTrue(Arrays.stream(tile.pixels()).anyMatch(pixel -> pixel == Palette.of(BlockFlag.DVPP)));
	}

	@Test
	void blockSmallerThanAPixelIsDrawnAndHit() {
		HeapScene scene = scene(600, 200, new Heaps(1L << 34).block((1L << 33) + 12_345, 64, BlockFlag.AUTO_FREE).snapshot());
		HeapTile tile = scene.tiles().get(0);
		Block block = tile.heap().block(0);
		Box box = tile.boxes(block).get(0);
		assertEquals(block, scene.hit(box.x(), box.y()).orElseThrow().block());
	}

	@Test
	void leakedBlockLooksUnlikeALiveOne() {
		var heaps = new Heaps(CAPACITY).block(0, 1 << 19, BlockFlag.MANUAL_FREE);
		int[] live = scene(400, 200, heaps.snapshot()).tiles().get(0).pixels();
		int[] leaked = scene(400, 200, heaps.happens(EventKind.PROCESS_ENDED, 0, 0, BlockFlag.MANUAL_FREE).snapshot()).tiles().get(0)
				.pixels();
		assertFalse(Arrays.equals(live, leaked));
		assertTrue(Arrays.stream(leaked).anyMatch(pixel -> pixel == Palette.ALARM));
	}

	@Test
	void heapsStandBesideEachOtherIfThereIsRoom() {
		HeapSnapshot heap = new Heaps(CAPACITY).snapshot();
		assertEquals(scene(900, 400, heap, heap).tiles().get(0).map().y(), scene(900, 400, heap, heap).tiles().get(1).map().y());
		assertEquals(scene(300, 400, heap, heap).tiles().get(0).map().x(), scene(300, 400, heap, heap).tiles().get(1).map().x());
	}

	@Test
	void hundredThousandBlocksAreDrawn() {
		var heaps = new Heaps(1L << 33);
		for (int index = 0; index < 100_000; index++) {
			heaps.block(index * 65_536L, 65_536, index % 2 == 0 ? BlockFlag.MANUAL_FREE : BlockFlag.RECEIVED);
		}
		HeapScene scene = scene(1600, 900, heaps.snapshot());
		HeapTile tile = scene.tiles().get(0);
		assertNotEquals(PALETTE.hole(), tile.pixels()[0]);
		Box last = tile.boxes(tile.heap().block(99_999)).get(0);
		assertTrue(scene.hit(last.x(), last.y()).isPresent());
	}

	@Test
	void widgetWithoutAreaIsNoProblem() {
		assertEquals(1, scene(0, 0, new Heaps(1).block(0, 1, BlockFlag.HUGE_PAGE).snapshot()).tiles().size());
	}

	private static HeapScene scene(int width, int height, HeapSnapshot... heaps) {
		return HeapScene.of(List.of(heaps), width, height, PALETTE, HeapSnapshot::blockCount);
	}
}
