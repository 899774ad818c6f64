// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import java.nio.ByteBuffer;

/**
 * The brightness of a picture in memory. Not to be kept: it ends with its block.
 *
 * @param format how large it is
 * @param pixels a byte each, row by row
 */
record Image(Format format, ByteBuffer pixels) {
	/** The steepest step between neighbours that is no edge. */
	private static final int FLAT = 96;

	Format scaledFormat(int factor) {
		return new Format(format.width() / factor, format.height() / factor);
	}

	/** Bytes of the picture when it is {@code factor} times smaller each way. */
	int scaledBytes(int factor) {
		return scaledFormat(factor).pixels();
	}

	/** Writes the picture {@code factor} times smaller: each pixel is the mean of a square. */
	void scale(int factor, ByteBuffer target) {
		Format scaled = scaledFormat(factor);
		byte[] rows = new byte[format.width() * factor];
		byte[] line = new byte[scaled.width()];
		for (int y = 0; y < scaled.height(); y++) {
			pixels.get(y * rows.length, rows);
			for (int x = 0; x < line.length; x++) {
				line[x] = (byte) mean(rows, x * factor, factor);
			}
			target.put(y * line.length, line);
		}
	}

	private int mean(byte[] rows, int left, int factor) {
		int sum = 0;
		for (int y = 0; y < factor; y++) {
			for (int x = 0; x < factor; x++) {
				sum += rows[y * format.width() + left + x] & 0xFF;
			}
		}
		return sum / (factor * factor);
	}

	/** Counts pixels on an edge, with Sobel's operator. */
	int edges() {
		int width = format.width();
		byte[] all = new byte[format.pixels()];
		pixels.get(0, all);
		int count = 0;
		for (int at = width + 1; at < all.length - width - 1; at++) {
			int across = at(all, at - width + 1) + 2 * at(all, at + 1) + at(all, at + width + 1) - at(all, at - width - 1)
					- 2 * at(all, at - 1)
					- at(all, at + width - 1);
			int down = at(all, at + width - 1) + 2 * at(all, at + width) + at(all, at + width + 1) - at(all, at - width - 1)
					- 2 * at(all, at - width) - at(all, at - width + 1);
			count += Math.abs(across) + Math.abs(down) > FLAT ? 1 : 0;
		}
		return count;
	}

	private static int at(byte[] all, int index) {
		return all[index] & 0xFF;
	}

	/** A number that changes when a pixel does. */
	int checksum() {
		int sum = 1;
		for (int at = 0; at < format.pixels(); at++) {
			sum = 31 * sum + pixels.get(at);
		}
		return sum;
	}
}
