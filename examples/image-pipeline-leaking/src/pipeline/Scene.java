// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A scene that moves: a bright disc over a slanted pattern. The same seed and number give the same picture. */
final class Scene {
	private final long seed;

	Scene(long seed) {
		this.seed = seed;
	}

	/** Every fourth frame is of ultra high definition. */
	Format format(int number) {
		return number % 4 == 3 ? Format.ULTRA_HD : Format.FULL_HD;
	}

	/** Draws a frame into {@code target}, which has room for it. */
	void draw(int number, Format format, ByteBuffer target) {
		int slant = (int) Math.floorMod(seed, 7L) + 3;
		int radius = format.height() / 6;
		int x = Math.floorMod(number * 37 + (int) seed, format.width());
		int y = format.height() / 2;
		byte[] row = new byte[format.width()];
		for (int line = 0; line < format.height(); line++) {
			for (int column = 0; column < row.length; column++) {
				boolean inDisc = square(column - x) + square(line - y) < square(radius);
				row[column] = (byte) (inDisc ? 230 : (column + line * slant + number * 4) >> 3 & 0x3F);
			}
			target.put(line * row.length, row);
		}
		Arrays.fill(row, (byte) 128);
		for (int at = format.pixels(); at < format.bytes(); at += row.length) {
			target.put(at, row, 0, Math.min(row.length, format.bytes() - at));
		}
	}

	private static long square(long value) {
		return value * value;
	}
}
