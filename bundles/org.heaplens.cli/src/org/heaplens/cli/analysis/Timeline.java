// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.util.Arrays;

/**
 * Figures of one heap over time, in a fixed number of equal spans that grow as time goes on: one pass and bounded memory, however long
 * the recording. One thread at a time.
 */
public final class Timeline {
	/** Spans; half of them at least are in use once there was more than one event. */
	static final int SPANS = 64;
	private static final long SHORTEST_NANOS = 1_000;

	private long spanNanos = SHORTEST_NANOS;
	private int used;
	private final long[] peakBytes = new long[SPANS];
	private final double[] fragmentation = new double[SPANS];
	private final long[] waits = new long[SPANS];
	private final long[] timeouts = new long[SPANS];
	private final long[] events = new long[SPANS];
	private long liveBytes;
	private double fragmented;

	/** Notes how things are from this moment on. */
	void add(long timeNanos, long nowLive, double nowFragmented, boolean wait, boolean timeout) {
		int span = advance(timeNanos);
		liveBytes = nowLive;
		fragmented = nowFragmented;
		peakBytes[span] = Math.max(peakBytes[span], nowLive);
		fragmentation[span] = Math.max(fragmentation[span], nowFragmented);
		waits[span] += wait ? 1 : 0;
		timeouts[span] += timeout ? 1 : 0;
		events[span]++;
	}

	/** Makes the span of that moment exist; spans in which nothing happened look like the end of the one before. */
	int advance(long timeNanos) {
		while (timeNanos / spanNanos >= SPANS) {
			halve();
		}
		int span = (int) (Math.max(0, timeNanos) / spanNanos);
		for (; used <= span; used++) {
			peakBytes[used] = liveBytes;
			fragmentation[used] = fragmented;
		}
		return span;
	}

	private void halve() {
		for (int span = 0; span < SPANS / 2; span++) {
			peakBytes[span] = Math.max(peakBytes[2 * span], peakBytes[2 * span + 1]);
			fragmentation[span] = Math.max(fragmentation[2 * span], fragmentation[2 * span + 1]);
			waits[span] = waits[2 * span] + waits[2 * span + 1];
			timeouts[span] = timeouts[2 * span] + timeouts[2 * span + 1];
			events[span] = events[2 * span] + events[2 * span + 1];
		}
		Arrays.fill(peakBytes, SPANS / 2, SPANS, 0);
		Arrays.fill(fragmentation, SPANS / 2, SPANS, 0);
		Arrays.fill(waits, SPANS / 2, SPANS, 0);
		Arrays.fill(timeouts, SPANS / 2, SPANS, 0);
		Arrays.fill(events, SPANS / 2, SPANS, 0);
		used = (used + 1) / 2;
		spanNanos *= 2;
	}

	/** How long each span is. */
	public long spanNanos() {
		return spanNanos;
	}

	/** The most live bytes in each span. */
	public long[] peakBytes() {
		return Arrays.copyOf(peakBytes, used);
	}

	/** The worst fragmentation in each span. */
	public double[] fragmentation() {
		return Arrays.copyOf(fragmentation, used);
	}

	/** Requests that began to wait in each span. */
	public long[] waits() {
		return Arrays.copyOf(waits, used);
	}

	public long[] timeouts() {
		return Arrays.copyOf(timeouts, used);
	}

	public long[] events() {
		return Arrays.copyOf(events, used);
	}
}
