// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes apart what a {@link ColumnsWriter} packed; nothing in it is believed. One thread. */
final class ColumnsReader implements AutoCloseable {
	final ByteSource[] columns;
	final BitSource bits = new BitSource();
	private final Inflater inflater = new Inflater();
	private final ByteSource tokens = new ByteSource();
	private byte[] buffer = new byte[16 * 1024];

	ColumnsReader(int count) {
		columns = new ByteSource[count];
		for (int index = 0; index < count; index++) {
			columns[index] = new ByteSource();
		}
	}

	/**
	 * @param packed the packed bytes, {@code length} of them
	 * @param most   bytes of tokens that there may be; what is said beyond it is damage, and never asked memory for
	 */
	void unpack(byte[] packed, int length, int most) throws DamagedPieceException {
		if (length < ColumnsWriter.HEAD || length > packed.length) {
			throw new DamagedPieceException("too short for compressed columns");
		}
		int raw = getInt(packed, 0);
		int deflated = getInt(packed, 4);
		if (raw < 0 || raw > most || deflated < 0 || deflated > length - ColumnsWriter.HEAD) {
			throw new DamagedPieceException("columns of " + raw + " bytes in " + deflated + " compressed ones");
		}
		inflate(packed, deflated, raw);
		tokens.reset(buffer, 0, raw);
		int[] lengths = new int[columns.length];
		for (int index = 0; index < lengths.length; index++) {
			lengths[index] = tokens.varint(raw);
		}
		for (int index = 0; index < lengths.length; index++) {
			tokens.split(columns[index], lengths[index]);
		}
		bits.reset(packed, ColumnsWriter.HEAD + deflated, length);
	}

	/** The number whose token is next in a column. */
	long number(int column) throws DamagedPieceException {
		return bits.number(columns[column].get());
	}

	/** A number of 32 bits without a sign. */
	int unsigned(int column) throws DamagedPieceException {
		long value = number(column);
		if (value >>> Integer.SIZE != 0) {
			throw new DamagedPieceException("a number of more than 32 bits");
		}
		return (int) value;
	}

	@Override
	public void close() {
		inflater.end();
	}

	private void inflate(byte[] packed, int deflated, int raw) throws DamagedPieceException {
		if (buffer.length < raw) {
			buffer = new byte[raw];
		}
		inflater.reset();
		inflater.setInput(packed, ColumnsWriter.HEAD, deflated);
		try {
			int done = 0;
			int step = 1;
			while (done < raw && step > 0) {
				step = inflater.inflate(buffer, done, raw - done);
				done += step;
			}
			// One byte more is asked for, so that the end is seen, and the checksum with it.
			if (done < raw || inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
				throw new DamagedPieceException("the compressed columns do not have the length that they should");
			}
		} catch (DataFormatException e) {
			throw new DamagedPieceException("the compressed columns are damaged: " + e.getMessage());
		}
	}

	private static int getInt(byte[] bytes, int at) {
		return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
	}
}
