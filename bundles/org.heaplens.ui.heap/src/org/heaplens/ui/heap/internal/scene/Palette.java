// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import org.heaplens.model.BlockFlag;

/**
 * The colours of a scene, each as 0xRRGGBB. Immutable.
 *
 * <p>
 * The colours of flags are those of Okabe and Ito, which people with any kind of colour blindness can tell apart. State is never told by
 * colour alone: what is on its way is striped, what was sent is dotted, what leaked is crossed out.
 *
 * @param background of the widget
 * @param foreground of the widget
 */
public record Palette(int background, int foreground) {
	/** Vermilion: leaks and misuse. */
	public static final int ALARM = 0xD55E00;

	/** The colour of a flag, the same in every theme. */
	public static int of(BlockFlag flag) {
		return switch (flag) {
			case MANUAL_FREE -> 0x0072B2;
			case AUTO_FREE -> 0x009E73;
			case DVPP -> 0xCC79A7;
			case RECEIVED -> 0x56B4E9;
			case HUGE_PAGE -> 0xE69F00;
		};
	}

	/** Holes: a track that can be told from the background and from every block. */
	public int hole() {
		return blend(background, foreground, dark() ? 14 : 8);
	}

	/** Text of lesser weight. */
	public int faint() {
		return blend(background, foreground, 62);
	}

	public boolean dark() {
		return brightness(background) < brightness(foreground);
	}

	/** @param percent 0 for {@code from}, 100 for {@code to} */
	public static int blend(int from, int to, int percent) {
		return channel(from, to, percent, 16) | channel(from, to, percent, 8) | channel(from, to, percent, 0);
	}

	private static int channel(int from, int to, int percent, int shift) {
		int first = from >> shift & 0xFF;
		int second = to >> shift & 0xFF;
		return first + (second - first) * percent / 100 << shift;
	}

	private static int brightness(int colour) {
		return (colour >> 16 & 0xFF) * 3 + (colour >> 8 & 0xFF) * 6 + (colour & 0xFF);
	}
}
