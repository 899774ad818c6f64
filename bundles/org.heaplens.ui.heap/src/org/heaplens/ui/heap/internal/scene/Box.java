// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

/**
 * A rectangle on the screen, in pixels.
 *
 * @param x      left edge
 * @param y      upper edge
 * @param width  never negative
 * @param height never negative
 */
public record Box(int x, int y, int width, int height) {
	public Box {
		width = Math.max(0, width);
		height = Math.max(0, height);
	}

	public boolean contains(int px, int py) {
		return px >= x && px < x + width && py >= y && py < y + height;
	}

	public int right() {
		return x + width;
	}

	public int bottom() {
		return y + height;
	}
}
