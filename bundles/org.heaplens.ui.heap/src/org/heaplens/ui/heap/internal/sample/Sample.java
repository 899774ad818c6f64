// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.sample;

import java.util.List;

import org.heaplens.model.HeapSnapshot;
import org.heaplens.ui.heap.RecordingState;

/**
 * What was known of a process at one moment. Immutable.
 *
 * @param state       how far the process has come
 * @param heaps       its heaps, in the order of their numbers
 * @param events      events read so far
 * @param dropped     events that the process could not write, or that are missing in the trace
 * @param overwritten events that a flight recorder let go to make room
 * @param delayMillis the longest that an event of the last reading had waited to be read
 * @param timeNanos   the moment of the sample, nanoseconds since the trace began
 * @param problem     why the trace is unreadable; else empty
 */
public record Sample(RecordingState state, List<HeapSnapshot> heaps, long events, long dropped, long overwritten, long delayMillis,
		long timeNanos,
		String problem) {
	/** Before anything is known. */
	public static final Sample NONE = new Sample(RecordingState.NONE, List.of(), 0, 0, 0, 0, 0, "");
	/** Before the process has begun its trace. */
	public static final Sample WAITING = new Sample(RecordingState.WAITING, List.of(), 0, 0, 0, 0, 0, "");

	/** The same heaps of a trace that cannot be read any further. */
	public Sample unreadable(String why) {
		return new Sample(RecordingState.UNREADABLE, heaps, events, dropped, overwritten, 0, timeNanos, why);
	}
}
