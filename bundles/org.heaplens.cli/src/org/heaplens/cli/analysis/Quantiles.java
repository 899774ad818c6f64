// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How long things took: how many there were, the longest, and quantiles that are at most 1 % off, in memory that does not grow with
 * their number. One thread at a time.
 *
 * <p>
 * Times below 64 ns are counted one by one; above, each power of two is divided into 64 equal parts.
 */
public final class Quantiles {
	private static final int PART_BITS = 6;
	private static final int PARTS = 1 << PART_BITS;

	/** By power of two; most sites need a few of them. */
	private final long[] @Nullable [] octaves = new long[Long.SIZE - PART_BITS] @Nullable [];
	private long count;
	private long longest;

	/** @param nanos what is negative counts as 0 */
	void add(long nanos) {
		long value = Math.max(0, nanos);
		int octave = octave(value);
		long[] parts = octaves[octave];
		if (parts == null) {
			parts = new long[PARTS];
			octaves[octave] = parts;
		}
		parts[part(value, octave)]++;
		count++;
		longest = Math.max(longest, value);
	}

	/** Number 0 has the first 64 values; each that follows is as long as all before it. */
	private static int octave(long value) {
		return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - PART_BITS);
	}

	private static int part(long value, int octave) {
		return octave == 0 ? (int) value : (int) ((value >>> octave - 1) - PARTS);
	}

	/** The middle of what a part stands for. */
	private static long middle(int octave, int part) {
		return octave == 0 ? part : ((long) (part + PARTS) << octave - 1) + (1L << octave - 1) / 2;
	}

	public long count() {
		return count;
	}

	/** In nanoseconds, exact; 0 if there were none. */
	public long longest() {
		return longest;
	}

	/** The time in nanoseconds that {@code percent} of them did not exceed; 0 if there were none. */
	public long percentile(double percent) {
		long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
		long seen = 0;
		for (int octave = 0; octave < octaves.length; octave++) {
			long[] parts = octaves[octave];
			for (int part = 0; parts != null && part < PARTS; part++) {
				seen += parts[part];
				if (seen >= wanted) {
					return Math.min(longest, middle(octave, part));
				}
			}
		}
		return longest;
	}
}
