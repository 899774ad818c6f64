// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

/** Numbers of 0 to 64 bits one behind the other, the lowest bit first. */
final class BitColumn {
	private final ByteColumn bytes = new ByteColumn();
	private long pending;
	private int count;

	void clear() {
		bytes.clear();
		pending = 0;
		count = 0;
	}

	/** @param width 0 to 64; higher bits of the value are ignored */
	void put(long value, int width) {
		if (width > 32) {
			putShort(value & 0xFFFF_FFFFL, 32);
			putShort(value >>> 32 & (1L << width - 32) - 1, width - 32);
		} else {
			putShort(value & (1L << width) - 1, width);
		}
	}

	/** All bytes; bits that are left over are filled up with zeros. */
	ByteColumn finish() {
		if (count > 0) {
			bytes.put((int) pending);
			pending = 0;
			count = 0;
		}
		return bytes;
	}

	private void putShort(long value, int width) {
		pending |= value << count;
		count += width;
		while (count >= 8) {
			bytes.put((int) pending);
			pending >>>= 8;
			count -= 8;
		}
	}

	/** The width of a number written without its leading one: a token says it, so that it costs what it holds. */
	static int significant(long value) {
		return Long.SIZE - Long.numberOfLeadingZeros(value);
	}

	/** A number of any size, as a token for its width and the bits below its leading one. */
	int putNumber(long value) {
		int width = significant(value);
		if (width > 1) {
			put(value, width - 1);
		}
		return width;
	}

	static long zigzag(long value) {
		return value << 1 ^ value >> 63;
	}

	static long unzigzag(long value) {
		return value >>> 1 ^ -(value & 1);
	}
}
