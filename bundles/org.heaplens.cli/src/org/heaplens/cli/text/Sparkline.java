// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.text;

/** A row of bars, one character each, for figures over time. */
public final class Sparkline {
	private static final String BARS = " ▁▂▃▄▅▆▇█";

	private Sparkline() {}

	/** @param top what fills a character; 0 draws nothing */
	public static String of(double[] values, double top) {
		var text = new StringBuilder(values.length);
		for (double value : values) {
			int height = top <= 0 || value <= 0 ? 0 : (int) Math.ceil(Math.min(1, value / top) * (BARS.length() - 1));
			text.append(BARS.charAt(height));
		}
		return text.toString();
	}
}
