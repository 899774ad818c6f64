// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapInfo;

/**
 * Where the events of one heap stand, and what is known of them without reading them: some hundred bytes for each 4093 events. Parts are
 * numbered from 0 on, first those in segments, then those in slots. One thread.
 */
final class HistoryLane {
	static final int POSITION = 0;
	static final int FIRST = 1;
	static final int LAST = 2;
	static final int FIRST_TIME = 3;
	static final int LAST_TIME = 4;
	static final int LEAST_LIVE = 5;
	static final int MOST_LIVE = 6;
	static final int WAITING = 7;
	/** Allocations in the low half, frees in the high one. */
	static final int MADE_FREED = 8;
	/** Misuses in the low half, time-outs in the high one. */
	static final int MISUSED_TIMED_OUT = 9;
	private static final int WIDTH = 10;

	/**
	 * A part that stands in a slot, as it was when the slot was looked at.
	 *
	 * @param header of the slot
	 * @param events as they were, so that it does not matter what becomes of the slot; null where slots are not used again
	 */
	record Raw(long position, ByteBuffer header, int count, long firstTime, long lastTime, @Nullable ByteBuffer events) {
		long generation() {
			return header.getLong(TraceLayout.AT_PIECE_GENERATION);
		}

		long first() {
			return header.getLong(TraceLayout.AT_PIECE_FIRST);
		}

		long last() {
			return first() + count - 1;
		}
	}

	final HeapInfo heap;
	final List<Long> tables = new ArrayList<>();
	private long[] cells = new long[0];
	private int segments;
	private long lastOrdinal = -1;
	private long[] checkpointPositions = new long[0];
	private long[] checkpointLasts = new long[0];
	private int checkpoints;
	private List<Raw> raws = List.of();

	HistoryLane(HeapInfo heap) {
		this.heap = heap;
	}

	/** Adds a segment by its header; false if it cannot stand behind the one before. */
	boolean addSegment(ByteBuffer header, long position) throws DamagedPieceException {
		SegmentDecoder.count(header);
		long first = header.getLong(TraceLayout.AT_PIECE_FIRST);
		if (first != lastOfSegments() + 1 || header.getLong(TraceLayout.AT_PIECE_ORDINAL) <= lastOrdinal) {
			return false;
		}
		if ((segments + 1) * WIDTH > cells.length) {
			cells = Arrays.copyOf(cells, Math.max(16 * WIDTH, cells.length + cells.length / 2 / WIDTH * WIDTH));
		}
		lastOrdinal = header.getLong(TraceLayout.AT_PIECE_ORDINAL);
		int at = segments++ * WIDTH;
		cells[at + POSITION] = position;
		cells[at + FIRST] = first;
		cells[at + LAST] = header.getLong(TraceLayout.AT_PIECE_LAST);
		cells[at + FIRST_TIME] = header.getLong(TraceLayout.AT_PIECE_FIRST_TIME);
		cells[at + LAST_TIME] = header.getLong(TraceLayout.AT_PIECE_LAST_TIME);
		cells[at + LEAST_LIVE] = header.getLong(TraceLayout.AT_SUMMARY_LEAST_LIVE);
		cells[at + MOST_LIVE] = header.getLong(TraceLayout.AT_SUMMARY_MOST_LIVE);
		cells[at + WAITING] = header.getInt(TraceLayout.AT_SUMMARY_WAITING);
		cells[at + MADE_FREED] = header.getLong(TraceLayout.AT_SUMMARY_ALLOCATIONS);
		cells[at + MISUSED_TIMED_OUT] = header.getLong(TraceLayout.AT_SUMMARY_MISUSES);
		return true;
	}

	/** Adds a checkpoint by its header; those that are out of order are left out, for nothing needs them. */
	void addCheckpoint(ByteBuffer header, long position) {
		long last = header.getLong(TraceLayout.AT_PIECE_LAST);
		if (checkpoints > 0 && last <= checkpointLasts[checkpoints - 1]) {
			return;
		}
		if (checkpoints == checkpointLasts.length) {
			checkpointLasts = Arrays.copyOf(checkpointLasts, Math.max(16, 2 * checkpoints));
			checkpointPositions = Arrays.copyOf(checkpointPositions, checkpointLasts.length);
		}
		checkpointLasts[checkpoints] = last;
		checkpointPositions[checkpoints++] = position;
	}

	/** Takes over what stands in slots; in order, without parts that stand in segments too. */
	void raws(List<Raw> found) {
		raws = found.stream().filter(raw -> raw.first() > lastOfSegments()).toList();
	}

	/** Whether events are missing between the segments and what stands in slots, or between slots. */
	boolean hasGap() {
		return gap() < raws.size();
	}

	/** Leaves out what stands in slots behind a gap. */
	void forgetBehindGap() {
		raws = raws.subList(0, gap());
	}

	/** How many of the parts in slots follow without a gap. */
	private int gap() {
		long last = lastOfSegments();
		int count = 0;
		while (count < raws.size() && raws.get(count).first() == last + 1) {
			last = raws.get(count).last();
			count++;
		}
		return count;
	}

	long lastOfSegments() {
		return segments == 0 ? 0 : cells[(segments - 1) * WIDTH + LAST];
	}

	int segments() {
		return segments;
	}

	int parts() {
		return segments + raws.size();
	}

	Raw raw(int part) {
		return raws.get(part - segments);
	}

	/** A figure of a segment. */
	long get(int segment, int figure) {
		return cells[segment * WIDTH + figure];
	}

	long first(int part) {
		return part < segments ? get(part, FIRST) : raw(part).first();
	}

	long last(int part) {
		return part < segments ? get(part, LAST) : raw(part).last();
	}

	long firstTime(int part) {
		return part < segments ? get(part, FIRST_TIME) : raw(part).firstTime;
	}

	long lastTime(int part) {
		return part < segments ? get(part, LAST_TIME) : raw(part).lastTime;
	}

	/** The part with that event, or else the last part before it; -1 if there is none. */
	int partOf(long sequence) {
		return lastWhere(sequence, false);
	}

	/** The last part that begins no later; -1 if there is none. */
	int partAt(long nanos) {
		return lastWhere(nanos, true);
	}

	private int lastWhere(long value, boolean time) {
		int low = 0;
		int high = parts() - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			if ((time ? firstTime(middle) : first(middle)) <= value) {
				low = middle + 1;
			} else {
				high = middle - 1;
			}
		}
		return high;
	}

	/** The event of the last checkpoint that stands at or before that event; 0 if there is none. */
	long checkpointBefore(long sequence) {
		int place = checkpointPlace(sequence);
		return place < 0 ? 0 : checkpointLasts[place];
	}

	long checkpointPosition(long sequence) {
		return checkpointPositions[checkpointPlace(sequence)];
	}

	private int checkpointPlace(long sequence) {
		int place = Arrays.binarySearch(checkpointLasts, 0, checkpoints, sequence);
		return place >= 0 ? place : -place - 2;
	}
}
