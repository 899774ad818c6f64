// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import java.util.Arrays;

import org.heaplens.model.Block;
import org.heaplens.model.BlockState;

/** How the lines of one block look. Immutable. */
final class Ink {
	/** Rows need that many pixels before shading and patterns can be seen. */
	private static final int SHADED_HEIGHT = 5;
	private static final int BLACK = 0x000000;
	private static final int WHITE = 0xFFFFFF;

	private final BlockState state;
	private final int lines;
	private final int base;
	private final int light;
	private final int shade;
	private final int mark;

	Ink(Block block, Palette palette, int lines) {
		int colour = Palette.of(block.flag());
		this.state = block.state();
		this.lines = lines;
		this.base = state == BlockState.SENT ? Palette.blend(palette.background(), colour, 55) : colour;
		this.light = Palette.blend(base, WHITE, 16);
		this.shade = Palette.blend(base, BLACK, 14);
		this.mark = switch (state) {
			case LIVE -> base;
			case SENDING -> Palette.blend(colour, WHITE, 60);
			case SENT -> colour;
			case LEAKED -> Palette.ALARM;
		};
	}

	void line(int[] pixels, int at, int from, int to, int line) {
		boolean shaded = lines >= SHADED_HEIGHT;
		int plain = !shaded ? base : line == 0 ? light : line == lines - 1 ? shade : base;
		boolean edge = state == BlockState.LEAKED && (line < 2 || line >= lines - 2 || !shaded);
		Arrays.fill(pixels, at + from, at + to, edge ? mark : plain);
		if (state == BlockState.LIVE || edge) {
			return;
		}
		for (int x = from; x < to; x++) {
			if (marked(x, line)) {
				pixels[at + x] = mark;
			}
		}
	}

	private boolean marked(int x, int line) {
		return switch (state) {
			case LIVE -> false;
			case SENDING -> (x + line) % 8 < 3;
			case SENT -> (x + (line / 3 % 2) * 3) % 6 < 2 && line % 3 == 1;
			case LEAKED -> Math.floorMod(x + line, 16) < 2 || Math.floorMod(x - line, 16) < 2;
		};
	}
}
