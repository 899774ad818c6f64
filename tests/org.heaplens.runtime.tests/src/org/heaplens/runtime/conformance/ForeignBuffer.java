// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.nio.ByteBuffer;

import org.heaplens.runtime.HiaiBuffer;

/** Memory that no heap gave: what {@code new} or {@code malloc} are to a C++ program. */
final class ForeignBuffer extends HiaiBuffer {
	private final ByteBuffer bytes;

	ForeignBuffer(int size) {
		this.bytes = memory(size);
	}

	static ByteBuffer memory(int size) {
		return ByteBuffer.allocateDirect(size);
	}

	@Override
	public ByteBuffer bytes() {
		return bytes.duplicate();
	}

	@Override
	public long address() {
		return 0x7000;
	}

	@Override
	public int size() {
		return bytes.capacity();
	}

	@Override
	public void close() {
		// The collector's.
	}
}
