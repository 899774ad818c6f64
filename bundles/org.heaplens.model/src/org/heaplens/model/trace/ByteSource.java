// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

/** Reads a part of an array of bytes that a {@link ByteColumn} wrote. */
final class ByteSource {
	private byte[] bytes = new byte[0];
	private int next;
	private int end;

	void reset(byte[] source, int from, int to) {
		bytes = source;
		next = from;
		end = to;
	}

	int get() throws DamagedPieceException {
		if (next == end) {
			throw new DamagedPieceException("a column ends too early");
		}
		return bytes[next++] & 0xFF;
	}

	long varint() throws DamagedPieceException {
		long value = 0;
		for (int shift = 0; shift < Long.SIZE; shift += 7) {
			int part = get();
			value |= (part & 0x7FL) << shift;
			if (part < 0x80) {
				return value;
			}
		}
		throw new DamagedPieceException("a number of more than 64 bits");
	}

	/** A varint that may not be larger than {@code most}. */
	int varint(int most) throws DamagedPieceException {
		long value = varint();
		if (value < 0 || value > most) {
			throw new DamagedPieceException("a count or number of " + Long.toUnsignedString(value) + ", at most " + most + " is possible");
		}
		return (int) value;
	}

	/** Makes {@code part} read the next {@code length} bytes, and passes over them. */
	void split(ByteSource part, int length) throws DamagedPieceException {
		if (length > end - next) {
			throw new DamagedPieceException("a column of " + length + " bytes where " + (end - next) + " are left");
		}
		part.reset(bytes, next, next + length);
		next += length;
	}

	int left() {
		return end - next;
	}
}
