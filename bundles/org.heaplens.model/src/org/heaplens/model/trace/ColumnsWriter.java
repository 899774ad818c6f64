// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.zip.Deflater;

/**
 * What the writers of segments and checkpoints have in common: columns of tokens, which zlib makes small because each holds one kind of
 * thing, and the bits of numbers, which nothing makes smaller. One thread.
 *
 * <pre>
 * packed  0 u32 bytes of tokens   4 u32 bytes of the same in zlib   8 .. zlib   .. bits
 * tokens  varint length of each column, in their order; then the columns
 * </pre>
 */
final class ColumnsWriter implements AutoCloseable {
	static final int HEAD = 8;
	/** A compression that costs the background thread some 100 ns an event; higher ones save less than 2 % here. */
	private static final int LEVEL = 3;
	/** Shorter columns share the code of the next: a code of its own costs some 60 bytes. */
	private static final int OWN_CODE = 400;

	final ByteColumn[] columns;
	final BitColumn bits = new BitColumn();
	private final ByteColumn lengths = new ByteColumn();
	private final Deflater deflater = new Deflater(LEVEL);
	private byte[] packed = new byte[16 * 1024];
	private int length;

	ColumnsWriter(int count) {
		columns = new ByteColumn[count];
		for (int index = 0; index < count; index++) {
			columns[index] = new ByteColumn();
		}
	}

	void clear() {
		for (ByteColumn column : columns) {
			column.clear();
		}
		bits.clear();
	}

	/** Writes a number's token into a column and its bits behind the others. */
	void putNumber(int column, long value) {
		columns[column].put(bits.putNumber(value));
	}

	/** Makes {@link #packed()} of what the columns hold. */
	void pack() {
		lengths.clear();
		int tokens = 0;
		for (ByteColumn column : columns) {
			lengths.putVarint(column.length);
			tokens += column.length;
		}
		tokens += lengths.length;
		length = HEAD;
		deflater.reset();
		deflate(lengths, Deflater.NO_FLUSH);
		for (ByteColumn column : columns) {
			deflate(column, column.length < OWN_CODE ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
		}
		deflater.finish();
		drain(Deflater.NO_FLUSH);
		putInt(0, tokens);
		putInt(4, length - HEAD);
		ByteColumn tail = bits.finish();
		require(tail.length);
		System.arraycopy(tail.bytes, 0, packed, length, tail.length);
		length += tail.length;
	}

	/** The array with the packed bytes in front; the next call of {@link #pack} changes it. */
	byte[] packed() {
		return packed;
	}

	int packedLength() {
		return length;
	}

	@Override
	public void close() {
		deflater.end();
	}

	private void deflate(ByteColumn column, int flush) {
		deflater.setInput(column.bytes, 0, column.length);
		drain(flush);
	}

	private void drain(int flush) {
		int room;
		int written;
		do {
			require(1024);
			room = packed.length - length;
			written = deflater.deflate(packed, length, room, flush);
			length += written;
		} while (written == room);
	}

	private void require(int more) {
		if (packed.length - length < more) {
			packed = java.util.Arrays.copyOf(packed, Math.max(2 * packed.length, length + more));
		}
	}

	private void putInt(int at, int value) {
		for (int index = 0; index < Integer.BYTES; index++) {
			packed[at + index] = (byte) (value >>> 8 * index);
		}
	}
}
