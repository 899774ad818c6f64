// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.Arrays;

/** Bytes that grow at their end. */
final class ByteColumn {
	byte[] bytes = new byte[1024];
	int length;

	void clear() {
		length = 0;
	}

	void put(int value) {
		if (length == bytes.length) {
			bytes = Arrays.copyOf(bytes, 2 * length);
		}
		bytes[length++] = (byte) value;
	}

	/** Seven bits in a byte, the lowest first; the top bit says that more follow. */
	void putVarint(long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			put((int) (rest & 0x7F | 0x80));
			rest >>>= 7;
		}
		put((int) rest);
	}

	void put(ByteColumn other) {
		if (bytes.length - length < other.length) {
			bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + other.length));
		}
		System.arraycopy(other.bytes, 0, bytes, length, other.length);
		length += other.length;
	}
}
