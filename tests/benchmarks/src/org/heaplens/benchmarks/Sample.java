// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.Arrays;

/**
 * What several runs gave. Immutable.
 *
 * @param median of all runs
 * @param least  the smallest
 * @param most   the largest
 * @param runs   how many; at least 1
 */
record Sample(double median, double least, double most, int runs) {
	static Sample of(double... values) {
		if (values.length == 0) {
			throw new IllegalArgumentException("nothing was measured");
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return new Sample(percentile(sorted, 50), sorted[0], sorted[sorted.length - 1], sorted.length);
	}

	/** A figure that is no statistic, such as a count. */
	static Sample exactly(double value) {
		return of(value);
	}

	/** The value below which {@code percent} of the sorted values lie, interpolated. */
	static double percentile(double[] sorted, double percent) {
		double position = (sorted.length - 1) * percent / 100;
		int below = (int) Math.floor(position);
		int above = (int) Math.ceil(position);
		return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
	}

	Sample map(java.util.function.DoubleUnaryOperator change) {
		return new Sample(change.applyAsDouble(median), change.applyAsDouble(least), change.applyAsDouble(most), runs);
	}
}
