// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

/**
 * The size of a frame.
 *
 * @param width  pixels
 * @param height pixels
 */
record Format(int width, int height) {
	static final Format FULL_HD = new Format(1920, 1080);
	static final Format ULTRA_HD = new Format(3840, 2160);

	/** Bytes of one frame: a byte of brightness a pixel, and half of that for colour (YUV 4:2:0). */
	int bytes() {
		return width * height * 3 / 2;
	}

	/** Bytes of the brightness alone. */
	int pixels() {
		return width * height;
	}
}
