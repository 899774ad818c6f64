// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

/** Reads numbers that a {@link BitColumn} wrote. */
final class BitSource {
	private byte[] bytes = new byte[0];
	private int next;
	private int end;
	private long pending;
	private int count;

	void reset(byte[] source, int from, int to) {
		bytes = source;
		next = from;
		end = to;
		pending = 0;
		count = 0;
	}

	/** @param width 0 to 64 */
	long get(int width) throws DamagedPieceException {
		if (width > 32) {
			long low = getShort(32);
			return low | getShort(width - 32) << 32;
		}
		return getShort(width);
	}

	/** The number that the token of {@link BitColumn#putNumber} stands for. */
	long number(int token) throws DamagedPieceException {
		if (token < 2) {
			return token;
		}
		if (token > Long.SIZE) {
			throw new DamagedPieceException("a number of " + token + " bits");
		}
		return 1L << token - 1 | get(token - 1);
	}

	private long getShort(int width) throws DamagedPieceException {
		while (count < width) {
			if (next == end) {
				throw new DamagedPieceException("the bits of its numbers end too early");
			}
			pending |= (bytes[next++] & 0xFFL) << count;
			count += 8;
		}
		long value = pending & (1L << width) - 1;
		pending >>>= width;
		count -= width;
		return value;
	}
}
