// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import org.heaplens.runtime.Engine;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;

/** Makes frames on the host and sends them to the device. */
final class Camera extends Engine {
	/** As often as this, the shutter is closed and there is no picture to send. */
	private static final int SHUTTER_INTERVAL = 30;

	private final Scene scene;
	private final Progress progress;

	Camera(Scene scene, Progress progress) {
		this.scene = scene;
		this.progress = progress;
	}

	@Override
	public HiaiStatus process(int port, Object message) {
		int number = ((Shot) message).number();
		Format format = scene.format(number);
		HiaiBuffer pixels = HiaiMemory.dMalloc(format.bytes());
		if (pixels == null) {
			progress.lost(number, "no room for a frame on the host");
			return HiaiStatus.GRAPH_NO_MEMORY;
		}
		if (number % SHUTTER_INTERVAL == SHUTTER_INTERVAL - 1) {
			progress.skipped();
			return HiaiStatus.OK;
		}
		scene.draw(number, format, pixels.bytes());
		HiaiStatus status = sendData(0, Frame.NAME, new Frame(number, format, pixels));
		if (status != HiaiStatus.OK) {
			progress.lost(number, "frame not sent: " + status);
			HiaiMemory.dFree(pixels);
		}
		return status;
	}
}
