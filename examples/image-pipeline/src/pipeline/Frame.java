// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import java.nio.ByteBuffer;

import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.SerializeRegistry;
import org.heaplens.runtime.SerializeRegistry.Parts;

/**
 * A frame on its way to the device. Whoever receives it owns its pixels.
 *
 * @param number 0, 1, 2...
 * @param format how large it is
 * @param pixels YUV 4:2:0, brightness first
 */
record Frame(int number, Format format, HiaiBuffer pixels) {
	static final String NAME = "Frame";

	/** The small part travels as bytes, the pixels as they are. */
	static void register() {
		SerializeRegistry.register(NAME, Frame.class,
				frame -> new Parts(
						ByteBuffer.allocate(12).putInt(frame.number).putInt(frame.format.width()).putInt(frame.format.height()).array(),
						frame.pixels),
				(control, pixels) -> {
					ByteBuffer fields = ByteBuffer.wrap(control);
					return new Frame(fields.getInt(), new Format(fields.getInt(), fields.getInt()), pixels);
				});
	}
}
