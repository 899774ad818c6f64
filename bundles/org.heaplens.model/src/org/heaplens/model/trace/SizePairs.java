// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.Arrays;

/**
 * The newest pairs of requested and whole size at each place of a program: most places ask for few sizes, again and again. The one that
 * was used moves to the front. One thread.
 */
final class SizePairs {
	static final int KEPT = 8;

	private long[] pairs = new long[64 * KEPT];

	/** Forgets all pairs, and makes room for that many places. */
	void clear(int places) {
		if (pairs.length < places * KEPT) {
			pairs = new long[places * KEPT];
		} else {
			Arrays.fill(pairs, 0, places * KEPT, 0);
		}
	}

	static long pair(int requestedSize, int wholeSize) {
		return (long) requestedSize << Integer.SIZE | wholeSize & 0xFFFF_FFFFL;
	}

	/** Where the pair was before it moved to the front; {@link #KEPT} if it is new. */
	int use(int place, long pair) {
		int first = place * KEPT;
		int at = 0;
		while (at < KEPT && pairs[first + at] != pair) {
			at++;
		}
		System.arraycopy(pairs, first, pairs, first + 1, Math.min(at, KEPT - 1));
		pairs[first] = pair;
		return at;
	}

	/** The pair that was at {@code at}, which has moved to the front. */
	long take(int place, int at) {
		long pair = pairs[place * KEPT + at];
		use(place, pair);
		return pair;
	}
}
