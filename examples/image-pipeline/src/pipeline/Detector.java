// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import org.heaplens.runtime.Engine;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;

/** Finds edges on the device, and sends what it found back with a thumbnail. Several threads use it at once. */
final class Detector extends Engine {
	/** As often as this, a frame shows a calibration target, which has no edges worth finding. */
	private static final int CALIBRATION_INTERVAL = 25;
	private static final int WAIT_MILLIS = 500;

	private final Progress progress;

	Detector(Progress progress) {
		this.progress = progress;
	}

	@Override
	public HiaiStatus process(int port, Object message) {
		Frame frame = (Frame) message;
		try (HiaiBuffer pixels = frame.pixels()) {
			int edges = edges(frame.number(), new Image(frame.format(), pixels.bytes()));
			return sendResult(frame, new Image(frame.format(), pixels.bytes()), edges);
		}
	}

	private int edges(int number, Image image) {
		HiaiBuffer half = HiaiMemory.dMalloc(image.scaledBytes(2), WAIT_MILLIS, MemoryAttr.MANUAL_FREE);
		if (half == null) {
			progress.complain(number, "no room to look for edges in");
			return 0;
		}
		image.scale(2, half.bytes());
		if (number % CALIBRATION_INTERVAL == 0) {
			HiaiMemory.dFree(half);
			return 0;
		}
		int edges = new Image(image.scaledFormat(2), half.bytes()).edges();
		HiaiMemory.dFree(half);
		return edges;
	}

	private HiaiStatus sendResult(Frame frame, Image image, int edges) {
		HiaiBuffer thumbnail = HiaiMemory.dMalloc(image.scaledBytes(4));
		if (thumbnail == null) {
			progress.lost(frame.number(), "no room for a thumbnail on the device");
			return HiaiStatus.GRAPH_NO_MEMORY;
		}
		image.scale(4, thumbnail.bytes());
		HiaiStatus status = sendData(0, Result.NAME, new Result(frame.number(), edges, thumbnail));
		if (status != HiaiStatus.OK) {
			progress.lost(frame.number(), "result not sent: " + status);
			HiaiMemory.dFree(thumbnail);
		}
		return status;
	}
}
