// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import java.nio.ByteBuffer;

import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.SerializeRegistry;
import org.heaplens.runtime.SerializeRegistry.Parts;

/**
 * What the device found in a frame. Whoever receives it owns its thumbnail.
 *
 * @param number    of the frame
 * @param edges     pixels on an edge
 * @param thumbnail brightness, a sixteenth of the frame's width and height
 */
record Result(int number, int edges, HiaiBuffer thumbnail) {
	static final String NAME = "Result";

	static void register() {
		SerializeRegistry.register(NAME, Result.class,
				result -> new Parts(ByteBuffer.allocate(8).putInt(result.number).putInt(result.edges).array(), result.thumbnail),
				(control, thumbnail) -> {
					ByteBuffer fields = ByteBuffer.wrap(control);
					return new Result(fields.getInt(), fields.getInt(), thumbnail);
				});
	}
}
