// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Makes a trace file of a few bytes, so that a fuzzer which changes some of these changes what matters: a file is mostly zeros, and what
 * is compressed cannot be changed by the bit. Any bytes are a recipe. One thread.
 *
 * <pre>
 * 00..7F  as many bytes and one more follow    C2  a piece begins here
 * 80..BF  8 to 512 zeros                       D0  columns begin      D1  they end: their lengths and they in zlib are written
 * C0      zeros up to a multiple of 64         D2  the piece ends: its stored and packed bytes are set right
 * C1      zeros up to the size of a chunk      E0..FF  1 to 32 times the 64 bytes before, each with the next sequence number
 * </pre>
 */
final class Recipe {
	static final int CHUNK_SIZE = 256 * 1024;
	static final int PIECE_HEADER_SIZE = 192;
	private static final int AT_STORED = 36;
	private static final int AT_PACKED = 40;
	private static final int RECORD_SIZE = 64;
	private static final int AT_SEQUENCE = 56;
	private static final int MOST = 16 * 1024 + 4 * CHUNK_SIZE;

	private byte[] file = new byte[64 * 1024];
	private int length;
	private int piece;
	private int columns = -1;

	private Recipe() {}

	static byte[] cook(byte[] recipe) {
		var cook = new Recipe();
		int at = 0;
		while (at < recipe.length && cook.length < MOST) {
			int step = recipe[at++] & 0xFF;
			if (step < 0x80) {
				int count = Math.min(step + 1, recipe.length - at);
				cook.write(recipe, at, count);
				at += count;
			} else {
				cook.step(step);
			}
		}
		return Arrays.copyOf(cook.file, cook.length);
	}

	private void step(int step) {
		if (step < 0xC0) {
			zeros((step - 0x7F) * 8);
		} else if (step >= 0xE0) {
			for (int times = step - 0xDF; times > 0 && length >= RECORD_SIZE; times--) {
				repeat();
			}
		} else {
			switch (step) {
				case 0xC0 -> zeros(-length & RECORD_SIZE - 1);
				case 0xC1 -> zeros(Math.clamp(piece + CHUNK_SIZE - length, 0, CHUNK_SIZE));
				case 0xC2 -> piece = length;
				case 0xD0 -> columns = length;
				case 0xD1 -> pack();
				case 0xD2 -> endPiece();
				default -> {
					// Any bytes are a recipe.
				}
			}
		}
	}

	private void repeat() {
		write(file, length - RECORD_SIZE, RECORD_SIZE);
		ByteBuffer bytes = bytes();
		bytes.putLong(length - RECORD_SIZE + AT_SEQUENCE, bytes.getLong(length - RECORD_SIZE + AT_SEQUENCE) + 1);
	}

	private void pack() {
		if (columns < 0 || columns > length) {
			return;
		}
		byte[] tokens = Arrays.copyOfRange(file, columns, length);
		length = columns;
		columns = -1;
		var deflater = new Deflater(3);
		try {
			deflater.setInput(tokens);
			deflater.finish();
			var packed = new byte[tokens.length + 1024];
			int count = deflater.deflate(packed);
			zeros(8);
			bytes().putInt(length - 8, tokens.length).putInt(length - 4, count);
			write(packed, 0, count);
		} finally {
			deflater.end();
		}
	}

	private void endPiece() {
		int end = length;
		zeros(-length & RECORD_SIZE - 1);
		if (length - piece >= PIECE_HEADER_SIZE) {
			bytes().putInt(piece + AT_STORED, length - piece).putInt(piece + AT_PACKED, end - piece - PIECE_HEADER_SIZE);
		}
	}

	private ByteBuffer bytes() {
		return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
	}

	private void zeros(int count) {
		reserve(count);
		Arrays.fill(file, length, length + count, (byte) 0);
		length += count;
	}

	private void write(byte[] source, int from, int count) {
		reserve(count);
		System.arraycopy(source, from, file, length, count);
		length += count;
	}

	private void reserve(int count) {
		if (length + count > file.length) {
			file = Arrays.copyOf(file, Math.max(length + count, file.length * 2));
		}
	}
}
