// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.List;

import org.heaplens.model.HeapInfo;

/**
 * What became of the requests of one heap.
 *
 * @param heap             as it was recorded
 * @param capacity         of the heap in the replay, bytes
 * @param requests         that were made
 * @param waits            requests that found no room at once and waited
 * @param waitNanos        what all of them waited together
 * @param longestWaitNanos what one of them waited at most
 * @param timeouts         requests that found no room, waiting or not
 * @param waiting          requests that still wait at the end of the recording
 * @param skipped          requests that were not made, because what they were for was not sent
 * @param peakBytes        the most that was handed out at once, with what the policy adds
 * @param worstShare       the worst fragmentation, 1 - largest hole / free bytes; 0 to 1
 * @param worstTimeNanos   when that was, since the trace began
 * @param liveBlocks       blocks at the end
 * @param digest           of the blocks at the end, as {@link org.heaplens.model.HeapSnapshot#digest()}
 * @param recorded         what the recording says of the same
 * @param difference       where the replay first went another way than the recording
 * @param sites            places in the program that had to wait, the longest first
 */
public record ReplayResult(HeapInfo heap, long capacity, long requests, long waits, long waitNanos, long longestWaitNanos, long timeouts,
		long waiting, long skipped, long peakBytes, double worstShare, long worstTimeNanos, long liveBlocks, long digest,
		Recorded recorded, Difference difference, List<Site> sites) {

	/**
	 * What the recording says.
	 *
	 * @param waits     requests that waited
	 * @param timeouts  requests that found no room
	 * @param peakBytes the most that was live
	 */
	public record Recorded(long waits, long timeouts, long peakBytes) {}

	/**
	 * Where a replay left its recording.
	 *
	 * @param sequence  of the event; 0 if it never did
	 * @param timeNanos of the event, since the trace began
	 * @param what      what was different; empty if nothing was
	 */
	public record Difference(long sequence, long timeNanos, String what) {
		/** The replay did what the recording says. */
		public static final Difference NONE = new Difference(0, 0, "");
	}

	/**
	 * A place in the program.
	 *
	 * @param stack            its number in the trace; 0 for none
	 * @param waits            its requests that waited
	 * @param timeouts         its requests that found no room
	 * @param waitNanos        what its requests waited together
	 * @param longestWaitNanos what one of them waited at most
	 */
	public record Site(int stack, long waits, long timeouts, long waitNanos, long longestWaitNanos) {
		Site plus(Site other) {
			return new Site(stack, waits + other.waits, timeouts + other.timeouts, waitNanos + other.waitNanos,
					Math.max(longestWaitNanos, other.longestWaitNanos));
		}
	}

	/** Requests that got no room. */
	public long refused() {
		return timeouts + waiting;
	}

	/** Whether every request got room. */
	public boolean fits() {
		return refused() == 0;
	}

	/** Whether the replay did what the recording says, to the offset of each block. */
	public boolean isExact() {
		return difference.sequence() == 0;
	}
}
