// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.ui.heap.internal.Bytes;
import org.heaplens.ui.heap.internal.scene.Box;
import org.heaplens.ui.heap.internal.scene.HeapScene;
import org.heaplens.ui.heap.internal.scene.HeapTile;
import org.heaplens.ui.heap.internal.scene.Palette;

/** Draws one picture: maps as they were rastered, and what stands around them. For one paint event of the UI thread. */
record HeapsPainter(Brush brush, SceneJob.Picture picture) {
	private static final int BAR_HEIGHT = 5;
	private static final int LINE = 3;

	void tile(HeapTile tile, Image map) {
		header(tile);
		scale(tile);
		brush.gc().drawImage(map, tile.map().x(), tile.map().y());
	}

	/** Name and use on the first line, a bar, and totals on the last one. */
	private void header(HeapTile tile) {
		Palette palette = picture.palette();
		HeapSnapshot heap = tile.heap();
		Box box = tile.header();
		long capacity = heap.heap().capacity();
		int nameEnd = brush.title(heap.heap().name(), box.x(), box.y(), palette.foreground());
		boolean leaked = heap.totals().ended() && heap.blockCount() > 0;
		String use = Bytes.text(heap.liveBytes()) + " of " + Bytes.text(capacity) + (leaked ? " leaked  \u00B7  " : " live  \u00B7  ")
				+ String.format(Locale.ROOT, "%.0f %%", 100.0 * heap.liveBytes() / capacity);
		Point size = brush.size(use, false);
		brush.text(use, Math.max(nameEnd + 10, box.right() - size.x), box.y(), leaked ? Palette.ALARM : palette.foreground());
		var bar = new Box(box.x(), box.y() + size.y + LINE, box.width(), BAR_HEIGHT);
		brush.fill(bar, palette.hole());
		int peak = (int) (bar.width() * heap.peakBytes() / capacity);
		brush.fill(new Box(bar.x(), bar.y(), peak, bar.height()), Palette.blend(palette.hole(), palette.foreground(), 18));
		brush.fill(new Box(bar.x(), bar.y(), (int) (bar.width() * heap.liveBytes() / capacity), bar.height()),
				leaked ? Palette.ALARM : palette.faint());
		totals(heap, box, bar.bottom() + LINE);
	}

	private void totals(HeapSnapshot heap, Box box, int y) {
		var totals = new ArrayList<String>();
		totals.add(count(heap.blockCount(), "block"));
		totals.add("peak " + Bytes.text(heap.peakBytes()));
		totals.add("largest hole " + Bytes.text(heap.largestFree()));
		totals.add(count(heap.allocations(), "allocation"));
		totals.add(count(heap.frees(), "free"));
		String misuse = heap.misuses() == 0 ? "no misuse" : count(heap.misuses(), "misuse");
		int right = box.right() - brush.size(misuse, heap.misuses() > 0).x;
		int x = box.x();
		for (String total : totals) {
			String text = x == box.x() ? total : "  \u00B7  " + total;
			if (x + brush.size(text, false).x > right - 8) {
				break;
			}
			x = brush.text(text, x, y, picture.palette().faint());
		}
		if (heap.misuses() > 0) {
			brush.title(misuse, right, y, Palette.ALARM);
		} else {
			brush.text(misuse, right, y, picture.palette().faint());
		}
	}

	private static String count(long count, String what) {
		return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
	}

	/** The offsets at which rows begin, as many as there is room for. */
	private void scale(HeapTile tile) {
		int textHeight = brush.size("0", false).y;
		int rowHeight = tile.grid().rowHeight();
		int step = 1;
		while (step * rowHeight < textHeight + 4) {
			step *= 2;
		}
		for (int row = 0; row < tile.grid().rows(); row += step) {
			String text = row == 0 ? "0" : Bytes.text(tile.grid().offset((long) row * tile.grid().width()));
			int y = tile.map().y() + row * rowHeight + (step == 1 ? (rowHeight - tile.grid().gap() - textHeight) / 2 : 0);
			if (y + textHeight <= tile.map().bottom() + 2) {
				brush.text(text, tile.scale().right() - 8 - brush.size(text, false).x, y, picture.palette().faint());
			}
		}
	}

	/** Status at the left, legend at the right. If both do not fit, the status loses its last parts: no colour stays unexplained. */
	void footer(boolean paused, String notice) {
		HeapScene scene = picture.scene();
		Palette palette = picture.palette();
		var sample = picture.sample();
		int top = scene.height() - HeapScene.FOOTER_HEIGHT;
		int y = top + (HeapScene.FOOTER_HEIGHT - brush.size("0", false).y) / 2;
		brush.gc().setAntialias(org.eclipse.swt.SWT.ON);
		brush.fillRound(new Box(11, y + 4, 9, 9), 9, StatusText.dot(sample.state(), paused));
		int left = 26;
		int right = Legend.draw(brush, picture, left, scene.width() - 10, y);
		String status = notice.isEmpty() ? StatusText.of(sample, paused) : notice;
		brush.text(shortened(status, right - left - 10), left, y, palette.foreground());
	}

	private String shortened(String text, int width) {
		String fitting = text;
		while (brush.size(fitting, false).x > width && fitting.contains(StatusText.SEPARATOR)) {
			fitting = fitting.substring(0, fitting.lastIndexOf(StatusText.SEPARATOR));
		}
		return fitting;
	}

	/** Draws around a block, in every row that it is in. */
	void point(HeapScene.Hit hit) {
		for (Box box : hit.tile().boxes(hit.block())) {
			brush.frame(new Box(box.x() - 1, box.y() - 1, box.width() + 2, box.height() + 2), picture.palette().foreground());
			if (box.width() > 4 && box.height() > 4) {
				brush.frame(box, picture.palette().background());
			}
		}
	}

	/** Draws what is known of a block beside the pointer, inside the widget. */
	void card(BlockCard card, BlockFlag flag, Point pointer) {
		List<Optional<String>> lines = new ArrayList<>();
		card.facts().forEach(fact -> lines.add(Optional.of(fact)));
		if (!card.frames().isEmpty()) {
			lines.add(Optional.empty());
			card.frames().forEach(frame -> lines.add(Optional.of(frame)));
		}
		Point title = brush.size(card.title(), true);
		int width = title.x;
		int height = title.y + 4;
		for (Optional<String> line : lines) {
			width = Math.max(width, line.map(text -> brush.size(text, false).x).orElse(0));
			height += line.isPresent() ? title.y + 1 : 6;
		}
		Box box = place(pointer, width + 28, height + 16);
		Palette palette = picture.palette();
		brush.fillRound(box, 8, Palette.blend(palette.background(), palette.foreground(), palette.dark() ? 10 : 3));
		brush.frameRound(box, 8, Palette.blend(palette.background(), palette.foreground(), 45));
		brush.fill(new Box(box.x() + 5, box.y() + 8, 4, box.height() - 16), Palette.of(flag));
		int y = box.y() + 8;
		brush.title(card.title(), box.x() + 16, y, palette.foreground());
		y += title.y + 4;
		boolean inFrames = false;
		for (Optional<String> line : lines) {
			if (line.isPresent()) {
				brush.text(line.get(), box.x() + 16, y, inFrames ? palette.foreground() : palette.faint());
				y += title.y + 1;
			} else {
				inFrames = true;
				y += 6;
			}
		}
	}

	private Box place(Point pointer, int width, int height) {
		int x = pointer.x + 16 + width <= picture.scene().width() ? pointer.x + 16 : Math.max(2, pointer.x - 16 - width);
		int y = pointer.y + 16 + height <= picture.scene().height() ? pointer.y + 16 : Math.max(2, pointer.y - 16 - height);
		return new Box(x, y, width, height);
	}
}
