// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.nio.ByteBuffer;

import org.heaplens.model.EventKind;

/** What a segment's header says about its events, so that who wants to know no more need not decode them. One thread. */
final class SegmentSummary {

	private final LiveBlocks live;
	/** For each thread, how many of its requests wait: threads of one name share a number. */
	private final LongMap waitingOf = new LongMap();
	private int waiting;
	private long least;
	private long most;
	private int mostWaiting;
	private long allocations;
	private long frees;
	private long misuses;
	private long timeouts;

	/** @param live the heap, brought forward by others */
	SegmentSummary(LiveBlocks live) {
		this.live = live;
	}

	/** A segment begins; writes the totals into its header. */
	void begin(ByteBuffer header) {
		live.writeTotals(header);
		least = live.liveBytes;
		most = live.liveBytes;
		mostWaiting = waiting;
		allocations = live.allocations;
		frees = live.frees;
		misuses = live.misuses;
		timeouts = live.timeouts;
	}

	/** An event that the heap has been brought forward by. */
	void add(ByteBuffer records, int at) {
		least = Math.min(least, live.liveBytes);
		most = Math.max(most, live.liveBytes);
		int kind = Short.toUnsignedInt(records.getShort(at + TraceLayout.AT_KIND));
		if (kind == EventKind.WAIT_BEGIN.code()) {
			long thread = Integer.toUnsignedLong(records.getInt(at + TraceLayout.AT_THREAD));
			waitingOf.put(thread, Math.max(0, waitingOf.get(thread)) + 1);
			waiting++;
			mostWaiting = Math.max(mostWaiting, waiting);
		} else if (kind == EventKind.WAIT_END.code() || kind == EventKind.TIMEOUT.code()) {
			long thread = Integer.toUnsignedLong(records.getInt(at + TraceLayout.AT_THREAD));
			long left = waitingOf.get(thread);
			// A request that may not wait times out without having waited.
			if (left > 0) {
				waitingOf.put(thread, left - 1);
				waiting--;
			}
		}
	}

	/** The segment ends. */
	void end(ByteBuffer header) {
		header.putLong(TraceLayout.AT_SUMMARY_LEAST_LIVE, least);
		header.putLong(TraceLayout.AT_SUMMARY_MOST_LIVE, most);
		header.putLong(TraceLayout.AT_SUMMARY_LIVE, live.liveBytes);
		header.putInt(TraceLayout.AT_SUMMARY_BLOCKS, live.count());
		header.putInt(TraceLayout.AT_SUMMARY_WAITING, mostWaiting);
		header.putInt(TraceLayout.AT_SUMMARY_ALLOCATIONS, (int) (live.allocations - allocations));
		header.putInt(TraceLayout.AT_SUMMARY_FREES, (int) (live.frees - frees));
		header.putInt(TraceLayout.AT_SUMMARY_MISUSES, (int) (live.misuses - misuses));
		header.putInt(TraceLayout.AT_SUMMARY_TIMEOUTS, (int) (live.timeouts - timeouts));
	}
}
