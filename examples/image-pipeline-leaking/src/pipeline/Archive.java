// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import org.heaplens.runtime.Engine;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;

/** Takes results on the host, checks them against what the camera must have seen, and counts. */
final class Archive extends Engine {
	private static final int WAIT_MILLIS = 500;

	private final Scene scene;
	private final Progress progress;

	Archive(Scene scene, Progress progress) {
		this.scene = scene;
		this.progress = progress;
	}

	@Override
	public HiaiStatus process(int port, Object message) {
		Result result = (Result) message;
		try (HiaiBuffer thumbnail = result.thumbnail()) {
			Format format = new Image(scene.format(result.number()), thumbnail.bytes()).scaledFormat(4);
			return store(result, new Image(format, thumbnail.bytes()));
		}
	}

	/** Keeps a strip of the thumbnails; a picture that fails its check is not stored. */
	private HiaiStatus store(Result result, Image thumbnail) {
		HiaiBuffer strip = HiaiMemory.dMalloc(thumbnail.format().pixels() * 4, WAIT_MILLIS, MemoryAttr.MANUAL_FREE);
		if (strip == null) {
			progress.lost(result.number(), "no room for a strip on the host");
			return HiaiStatus.GRAPH_NO_MEMORY;
		}
		try {
			strip.bytes().put(thumbnail.pixels());
			progress.arrived(result.number(), result.edges(), check(result, thumbnail));
			HiaiMemory.dFree(strip);
		} catch (IllegalStateException e) {
			progress.refused();
		}
		return HiaiStatus.OK;
	}

	/** The thumbnail's checksum. */
	private int check(Result result, Image thumbnail) {
		if (result.number() % 20 == 7) {
			throw new IllegalStateException("frame " + result.number() + " is out of focus");
		}
		return thumbnail.checksum();
	}
}
