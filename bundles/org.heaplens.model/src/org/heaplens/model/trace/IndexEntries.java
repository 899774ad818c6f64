// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What the next index will list: headers of pieces with their positions. One thread at a time. */
final class IndexEntries {
	private byte[] bytes = new byte[16 * TraceLayout.PIECE_HEADER_SIZE];
	private int count;
	private long ordinal;

	int count() {
		return count;
	}

	/** The number of the next index. */
	long ordinal() {
		return ordinal;
	}

	void add(ByteBuffer pieceHeader, long position) {
		int at = count * TraceLayout.PIECE_HEADER_SIZE;
		if (at == bytes.length) {
			bytes = Arrays.copyOf(bytes, 2 * bytes.length);
		}
		pieceHeader.get(0, bytes, at, TraceLayout.PIECE_HEADER_SIZE);
		ByteBuffer entry = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN);
		entry.putLong(at + TraceLayout.AT_PIECE_GENERATION, position);
		entry.putLong(at + TraceLayout.AT_PIECE_COMMIT, 1);
		count++;
	}

	byte[] bytes() {
		return Arrays.copyOf(bytes, count * TraceLayout.PIECE_HEADER_SIZE);
	}

	/** What was added stands in an index now. */
	void next() {
		count = 0;
		ordinal++;
	}
}
