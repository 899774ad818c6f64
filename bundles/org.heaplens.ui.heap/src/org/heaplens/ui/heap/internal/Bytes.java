// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal;

import java.util.Locale;

/** Writes numbers of bytes for people. */
public final class Bytes {
	private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
	private static final int STEP = 1024;

	/** For example {@code 12.4 MiB}; whole numbers come without a fraction. */
	public static String text(long bytes) {
		double value = bytes;
		int unit = 0;
		while (Math.abs(value) >= STEP && unit < UNITS.length - 1) {
			value /= STEP;
			unit++;
		}
		boolean whole = unit == 0 || value == Math.rint(value) || value >= 100;
		return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
	}

	private Bytes() {}
}
