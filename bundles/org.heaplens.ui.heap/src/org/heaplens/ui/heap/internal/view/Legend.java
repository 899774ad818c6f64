// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.BlockState;
import org.heaplens.model.Extent;
import org.heaplens.ui.heap.internal.scene.Box;
import org.heaplens.ui.heap.internal.scene.HeapScene;
import org.heaplens.ui.heap.internal.scene.Palette;
import org.heaplens.ui.heap.internal.scene.Swatch;

/** What the colours and patterns mean. For the UI thread. */
final class Legend {
	/** @param name what it means; {@code flag} and {@code state} how it looks */
	private record Entry(String name, BlockFlag flag, BlockState state) {
		boolean occurs(HeapScene scene) {
			return state == BlockState.LIVE ? scene.flags().contains(flag) : scene.states().contains(state);
		}
	}

	private static final List<Entry> ENTRIES = List.of(new Entry("manual", BlockFlag.MANUAL_FREE, BlockState.LIVE),
			new Entry("auto", BlockFlag.AUTO_FREE, BlockState.LIVE), new Entry("DVPP", BlockFlag.DVPP, BlockState.LIVE),
			new Entry("received", BlockFlag.RECEIVED, BlockState.LIVE), new Entry("being sent", BlockFlag.AUTO_FREE, BlockState.SENDING),
			new Entry("sent", BlockFlag.MANUAL_FREE, BlockState.SENT), new Entry("leaked", BlockFlag.MANUAL_FREE, BlockState.LEAKED));
	private static final int SWATCH = 14;
	private static final int SWATCH_HEIGHT = 11;
	private static final int SPACE = 12;

	/**
	 * Draws what occurs in the picture, as far as there is room, and ends at the right edge.
	 *
	 * @return where it begins
	 */
	static int draw(Brush brush, SceneJob.Picture picture, int left, int right, int y) {
		Palette palette = picture.palette();
		var shown = new ArrayList<Entry>();
		int width = 0;
		for (Entry entry : ENTRIES) {
			int more = SWATCH + 5 + brush.size(entry.name(), false).x + SPACE;
			if (entry.occurs(picture.scene()) && left + width + more <= right) {
				width += more;
				shown.add(entry);
			}
		}
		int x = right - width + SPACE;
		int middle = y + (brush.size("0", false).y - SWATCH_HEIGHT) / 2;
		for (Entry entry : shown) {
			swatch(brush, entry, palette, new Box(x, middle, SWATCH, SWATCH_HEIGHT));
			x = brush.text(entry.name(), x + SWATCH + 5, y, palette.faint()) + SPACE;
		}
		return right - width;
	}

	private static void swatch(Brush brush, Entry entry, Palette palette, Box box) {
		var block = new Block(0, new Extent(0, 1), 1, entry.flag(), entry.state(), 0, 0, 0, 0, 0);
		var data = new ImageData(box.width(), box.height(), 32, new PaletteData(0xFF0000, 0xFF00, 0xFF));
		int[] pixels = Swatch.paint(block, palette, box.width(), box.height());
		for (int row = 0; row < box.height(); row++) {
			data.setPixels(0, row, box.width(), pixels, row * box.width());
		}
		var image = new Image(brush.gc().getDevice(), data);
		brush.gc().drawImage(image, box.x(), box.y());
		image.dispose();
	}

	private Legend() {}
}
