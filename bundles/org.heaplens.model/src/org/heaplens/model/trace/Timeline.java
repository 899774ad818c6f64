// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.heaplens.model.EventKind;

/** Sums up the events of one heap in equal spans of time. One thread, once. */
final class Timeline {
	/** Where no more parts than this are wanted, their events are looked at one by one; else their summaries are enough. */
	private static final int EXACT_PARTS = 256;
	private static final int ALLOCATIONS = 0;
	private static final int FREES = 1;
	private static final int MISUSES = 2;
	private static final int TIMEOUTS = 3;
	private static final int COUNTS = 4;

	private final HistoryLane lane;
	private final LaneCursor cursor;
	private final long from;
	private final long to;
	private final int buckets;
	private final long[] least;
	private final long[] most;
	private final int[] waiting;
	private final long[][] counts;
	private int waitingNow;

	/**
	 * @param from    first moment, nanoseconds since the trace began
	 * @param to      last moment
	 * @param buckets at least 1
	 */
	Timeline(HistoryLane lane, LaneCursor cursor, long from, long to, int buckets) {
		this.lane = lane;
		this.cursor = cursor;
		this.from = from;
		this.to = to;
		this.buckets = buckets;
		this.least = new long[buckets];
		this.most = new long[buckets];
		this.waiting = new int[buckets];
		this.counts = new long[COUNTS][buckets];
		Arrays.fill(least, Long.MAX_VALUE);
		Arrays.fill(most, -1);
	}

	List<TraceHistory.Bucket> read() throws IOException {
		cursor.moveToTime(from - 1);
		long begin = cursor.live().liveBytes;
		touch(0, begin, begin);
		int firstPart = Math.max(0, lane.partAt(from - 1));
		int lastPart = lane.partAt(to);
		if (lastPart - firstPart < EXACT_PARTS) {
			readEvents();
		} else {
			// The two ends event by event, what lies between by its summaries.
			int first = lane.lastTime(firstPart) < from ? firstPart : firstPart + 1;
			while (cursor.at() < lane.last(first - 1 < 0 ? 0 : first - 1) && cursor.openPart()) {
				step(lane.last(first - 1));
			}
			int part = first;
			for (; part < Math.min(lastPart, lane.segments()); part++) {
				addSegment(part);
			}
			cursor.moveTo(lane.first(part) - 1);
			readEvents();
		}
		return result(begin);
	}

	private void readEvents() throws IOException {
		while (cursor.openPart() && step(Long.MAX_VALUE)) {
			continue;
		}
	}

	/** Takes one event in, if it is neither behind {@code lastSequence} nor behind the span; false if it is. */
	private boolean step(long lastSequence) throws IOException {
		long sequence = cursor.at() + 1;
		LiveBlocks live = cursor.live();
		long made = live.allocations;
		long freed = live.frees;
		long misused = live.misuses;
		long timedOut = live.timeouts;
		cursor.advance(Math.min(sequence, lastSequence), to);
		if (cursor.at() < sequence) {
			return false;
		}
		int at = (cursor.applied() - 1) * TraceLayout.RECORD_SIZE;
		int bucket = bucket(cursor.records().getLong(at + TraceLayout.AT_TIME));
		touch(bucket, live.liveBytes, live.liveBytes);
		counts[ALLOCATIONS][bucket] += live.allocations - made;
		counts[FREES][bucket] += live.frees - freed;
		counts[MISUSES][bucket] += live.misuses - misused;
		counts[TIMEOUTS][bucket] += live.timeouts - timedOut;
		int kind = Short.toUnsignedInt(cursor.records().getShort(at + TraceLayout.AT_KIND));
		if (kind == EventKind.WAIT_BEGIN.code()) {
			waitingNow++;
			waiting[bucket] = Math.max(waiting[bucket], waitingNow);
		} else if (kind == EventKind.WAIT_END.code() || kind == EventKind.TIMEOUT.code()) {
			waitingNow = Math.max(0, waitingNow - 1);
		}
		return true;
	}

	/** What a segment reached counts in every bucket that it has a part of; what it counted is spread evenly over them. */
	private void addSegment(int part) {
		int first = bucket(lane.firstTime(part));
		int last = Math.max(first, bucket(lane.lastTime(part)));
		long madeFreed = lane.get(part, HistoryLane.MADE_FREED);
		long misusedTimedOut = lane.get(part, HistoryLane.MISUSED_TIMED_OUT);
		for (int bucket = first; bucket <= last; bucket++) {
			touch(bucket, lane.get(part, HistoryLane.LEAST_LIVE), lane.get(part, HistoryLane.MOST_LIVE));
			waiting[bucket] = Math.max(waiting[bucket], (int) lane.get(part, HistoryLane.WAITING));
		}
		spread(counts[ALLOCATIONS], first, last, madeFreed & 0xFFFF_FFFFL);
		spread(counts[FREES], first, last, madeFreed >>> Integer.SIZE);
		spread(counts[MISUSES], first, last, misusedTimedOut & 0xFFFF_FFFFL);
		spread(counts[TIMEOUTS], first, last, misusedTimedOut >>> Integer.SIZE);
	}

	private static void spread(long[] target, int first, int last, long count) {
		int spans = last - first + 1;
		for (int span = 0; span < spans; span++) {
			target[first + span] += count * (span + 1) / spans - count * span / spans;
		}
	}

	private void touch(int bucket, long low, long high) {
		least[bucket] = Math.min(least[bucket], low);
		most[bucket] = Math.max(most[bucket], high);
	}

	private int bucket(long nanos) {
		double share = ((double) nanos - from) / ((double) to - from + 1);
		return (int) Math.max(0, Math.min(buckets - 1, Math.floor(share * buckets)));
	}

	private List<TraceHistory.Bucket> result(long begin) {
		var result = new ArrayList<TraceHistory.Bucket>(buckets);
		double width = ((double) to - from + 1) / buckets;
		long low = begin;
		long high = begin;
		for (int bucket = 0; bucket < buckets; bucket++) {
			// Where nothing happened the heap is as it was: between what was reached before.
			if (most[bucket] >= 0) {
				low = least[bucket];
				high = most[bucket];
			}
			result.add(new TraceHistory.Bucket(from + (long) (bucket * width), from + (long) ((bucket + 1) * width) - 1, low, high,
					waiting[bucket], counts[ALLOCATIONS][bucket], counts[FREES][bucket], counts[MISUSES][bucket],
					counts[TIMEOUTS][bucket]));
		}
		return result;
	}
}
