// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.nio.ByteBuffer;
import java.util.List;

import org.heaplens.runtime.HiaiBuffer;

/**
 * A message to an engine of a native library: what the library's types know as a struct of C. It stays the sender's, as in the C API: on
 * the receiver's own side the engine sees this very memory, so keep it until the engine has had it.
 *
 * @param struct direct memory with the fields as C lays them out, from its beginning
 * @param blocks whose addresses ({@link HiaiBuffer#address()}) stand in it; what becomes of them with the send is known by this
 */
public record NativeMessage(ByteBuffer struct, List<HiaiBuffer> blocks) {
	public NativeMessage {
		if (!struct.isDirect()) {
			throw new IllegalArgumentException("a native library needs direct memory: use ByteBuffer.allocateDirect");
		}
		blocks = List.copyOf(blocks);
	}

	/** The order that C writes numbers in is the machine's. */
	public NativeMessage(ByteBuffer struct, HiaiBuffer block) {
		this(struct, List.of(block));
	}
}
