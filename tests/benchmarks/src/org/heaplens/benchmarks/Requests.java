// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

/**
 * Sizes and victims for an allocator, the same for all. A multiply-shift generator and a table: drawing costs a nanosecond or two and no
 * cache worth speaking of. One thread.
 */
final class Requests {
	/** As the vendor's documents recommend at least, up to 64 times that: every size of the same order equally often. */
	static final int SPAN = 64;
	private static final int SIZES = 4096;

	private final int[] sizes = new int[SIZES];
	private long state;

	/** @param least smallest size in bytes */
	Requests(long seed, int least) {
		state = seed * 2 + 1;
		for (int index = 0; index < SIZES; index++) {
			sizes[index] = (int) Math.min(Integer.MAX_VALUE, Math.round(least * Math.pow(SPAN, (index + 0.5) / SIZES)));
		}
	}

	/** Requests that fill half of {@code capacity} with {@code blocks} blocks. */
	static Requests halfFull(long seed, long capacity, int blocks) {
		double mean = capacity / 2.0 / blocks;
		return new Requests(seed, (int) Math.max(1, mean * Math.log(SPAN) / (SPAN - 1)));
	}

	int size() {
		return sizes[next() & SIZES - 1];
	}

	/** 0 to {@code bound} - 1. */
	int below(int bound) {
		return (int) ((next() & 0xFFFF_FFFFL) * bound >>> 32);
	}

	private int next() {
		state = state * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
		return (int) (state >>> 32);
	}
}
