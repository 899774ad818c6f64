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
	/** Higher ones save little here: most columns have no repetitions, and their bits are not compressed at all. */
	private static final int LEVEL = 3;
	/** Shorter columns share the code of the next: a code of its own costs some 60 bytes. */
	private static final int OWN_CODE = 400;
	/** So often each column is asked anew whether looking for repetitions pays. */
	private static final int TRIAL_PERIOD = 16;

	private static final byte[] NOTHING = new byte[0];

	final ByteColumn[] columns;
	final BitColumn bits = new BitColumn();
	private final ByteColumn lengths = new ByteColumn();
	private final Deflater deflater = new Deflater(LEVEL);
	private final Deflater trial = new Deflater(LEVEL);
	private final byte[] trialOutput = new byte[4096];
	private final int[] strategies;
	private int packs;
	private byte[] packed = new byte[16 * 1024];
	private int length;

	ColumnsWriter(int count) {
		columns = new ByteColumn[count];
		strategies = new int[count];
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
		chooseStrategies();
		deflater.reset();
		use(Deflater.DEFAULT_STRATEGY);
		deflate(lengths, Deflater.NO_FLUSH);
		for (int index = 0; index < columns.length; index++) {
			boolean ownCode = columns[index].length >= OWN_CODE;
			use(ownCode ? strategies[index] : Deflater.DEFAULT_STRATEGY);
			deflate(columns[index], ownCode ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH);
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
		trial.end();
	}

	/** In tokens without a pattern zlib finds short repetitions all the same, and they cost more than the tokens. */
	private void chooseStrategies() {
		if (packs++ % TRIAL_PERIOD != 0) {
			return;
		}
		for (int index = 0; index < columns.length; index++) {
			boolean ownCode = columns[index].length >= OWN_CODE;
			strategies[index] = ownCode && trialLength(columns[index], Deflater.HUFFMAN_ONLY) < trialLength(columns[index],
					Deflater.DEFAULT_STRATEGY) ? Deflater.HUFFMAN_ONLY : Deflater.DEFAULT_STRATEGY;
		}
	}

	private long trialLength(ByteColumn column, int strategy) {
		trial.reset();
		trial.setStrategy(strategy);
		trial.setInput(column.bytes, 0, column.length);
		trial.finish();
		while (!trial.finished()) {
			trial.deflate(trialOutput);
		}
		return trial.getBytesWritten();
	}

	/** The change takes a call of its own: bytes of the same call are compressed as before. */
	private void use(int strategy) {
		deflater.setStrategy(strategy);
		deflater.setInput(NOTHING);
		drain(Deflater.NO_FLUSH);
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
