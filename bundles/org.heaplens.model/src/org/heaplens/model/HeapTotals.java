// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * What has been counted in one heap.
 *
 * @param liveBytes   bytes of the extents that are not freed
 * @param peakBytes   the most that {@code liveBytes} has been
 * @param allocations blocks made, received ones included
 * @param frees       blocks freed, by hand or by the framework
 * @param misuses     wrong uses of the API
 * @param timeouts    requests that gave up waiting
 * @param missed      events that the trace should hold but does not
 * @param sequence    of the last event counted; 0 before the first
 * @param ended       whether the process ended in good order
 */
public record HeapTotals(long liveBytes, long peakBytes, long allocations, long frees, long misuses, long timeouts, long missed,
		long sequence, boolean ended) {
	/** Nothing has happened. */
	public static final HeapTotals NONE = new HeapTotals(0, 0, 0, 0, 0, 0, 0, 0, false);
}
