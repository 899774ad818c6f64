// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import org.heaplens.model.Block;

/** A piece of a map that shows how a block looks. */
public final class Swatch {
	/** The pixels of that block, 0xRRGGBB, row by row. */
	public static int[] paint(Block block, Palette palette, int width, int height) {
		int[] pixels = new int[width * height];
		var ink = new Ink(block, palette, height);
		for (int line = 0; line < height; line++) {
			ink.line(pixels, line * width, 0, width, line);
		}
		return pixels;
	}

	private Swatch() {}
}
