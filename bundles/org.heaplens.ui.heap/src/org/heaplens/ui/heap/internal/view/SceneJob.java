// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.ui.heap.internal.sample.Sample;
import org.heaplens.ui.heap.internal.scene.HeapScene;
import org.heaplens.ui.heap.internal.scene.HeapTile;
import org.heaplens.ui.heap.internal.scene.Palette;

/** Turns the newest sample into pictures, off the UI thread. Scheduling it while it waits or runs costs nothing. */
final class SceneJob extends Job {
	/**
	 * What can be painted at once. Immutable.
	 *
	 * @param images one for each tile of the scene, ready for the screen
	 */
	record Picture(Sample sample, HeapScene scene, List<ImageData> images, Palette palette) {}

	/** The size and the colours of the widget. */
	record Frame(int width, int height, Palette palette) {}

	private static final PaletteData DIRECT = new PaletteData(0xFF0000, 0xFF00, 0xFF);

	private final Supplier<Sample> newest;
	private final Runnable painted;
	/** The most blocks of each heap, so that rows do not jump; only this job's thread uses it. */
	private final Map<Integer, Integer> mostBlocks = new HashMap<>();
	private volatile Frame frame = new Frame(0, 0, new Palette(0xFFFFFF, 0));
	private volatile Picture picture = new Picture(Sample.NONE, HeapScene.EMPTY, List.of(), frame.palette());
	private volatile boolean forget;

	/** @param painted told after each new picture, by the job's thread */
	SceneJob(Supplier<Sample> newest, Runnable painted) {
		super("Painting heaps");
		this.newest = newest;
		this.painted = painted;
		setSystem(true);
		setPriority(INTERACTIVE);
	}

	Picture picture() {
		return picture;
	}

	void frame(Frame size) {
		if (!size.equals(frame)) {
			frame = size;
			schedule();
		}
	}

	/** Another recording comes: rows may become comfortable again. */
	void forget() {
		forget = true;
		schedule();
	}

	@Override
	protected IStatus run(@Nullable IProgressMonitor monitor) {
		if (forget) {
			forget = false;
			mostBlocks.clear();
		}
		Frame size = frame;
		Sample sample = newest.get();
		HeapScene scene = HeapScene.of(sample.heaps(), size.width(), size.height(), size.palette(), this::mostBlocks);
		picture = new Picture(sample, scene, scene.tiles().stream().map(SceneJob::image).toList(), size.palette());
		painted.run();
		return Status.OK_STATUS;
	}

	private int mostBlocks(HeapSnapshot heap) {
		return mostBlocks.merge(heap.heap().id(), heap.blockCount(), Math::max);
	}

	private static ImageData image(HeapTile tile) {
		int width = tile.grid().width();
		int height = tile.grid().height();
		var data = new ImageData(width, height, 32, DIRECT);
		for (int row = 0; row < height; row++) {
			data.setPixels(0, row, width, tile.pixels(), row * width);
		}
		return data;
	}
}
