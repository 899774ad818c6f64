// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.heaplens.model.EventKind;

/**
 * The heap before the first event that a flight recorder still has: what stands in the block table and is older, and what the events free
 * that none of them made. Of the latter only place and sizes are known. Does not change.
 */
final class FlightBase {
	private final Map<Long, ByteBuffer> blocks = new HashMap<>();
	private final Map<Long, Integer> states = new HashMap<>();
	private final ByteBuffer totals;
	private final long sequence;

	/**
	 * Reads the table. Has to be called before the slots are read that {@link #FlightBase} is given, and after one knows of event
	 * {@code known} of the heap, which must not be older than the first in those slots.
	 *
	 * @return entries of the table, by their offsets
	 */
	static Map<Long, ByteBuffer> readTable(TraceFile file, HistoryLane lane) throws IOException {
		var result = new HashMap<Long, ByteBuffer>();
		for (long position : lane.tables) {
			ByteBuffer before = file.read(position, TraceLayout.CHUNK_SIZE);
			VarHandle.fullFence();
			ByteBuffer fields = file.read(position, TraceLayout.CHUNK_SIZE);
			VarHandle.fullFence();
			ByteBuffer after = file.read(position, TraceLayout.CHUNK_SIZE);
			int end = Math.min(before.limit(), Math.min(fields.limit(), after.limit()));
			for (int at = TraceLayout.PIECE_HEADER_SIZE; at + TraceLayout.RECORD_SIZE <= end; at += TraceLayout.RECORD_SIZE) {
				long made = before.getLong(at + TraceLayout.AT_BLOCK_SEQUENCE);
				// Another number afterwards: the block was freed meanwhile, which the events say too.
				if (made > 0 && after.getLong(at + TraceLayout.AT_BLOCK_SEQUENCE) == made) {
					put(result, made, fields.slice(at, TraceLayout.RECORD_SIZE).order(LITTLE_ENDIAN));
				}
			}
		}
		return result;
	}

	/** A block may follow another in its place before the entry of the first is free. */
	private static void put(Map<Long, ByteBuffer> table, long made, ByteBuffer entry) {
		ByteBuffer copy = ByteBuffer.allocate(TraceLayout.RECORD_SIZE).order(LITTLE_ENDIAN);
		copy.put(0, entry, 0, TraceLayout.RECORD_SIZE).putLong(TraceLayout.AT_BLOCK_SEQUENCE, made);
		table.merge(copy.getLong(TraceLayout.AT_BLOCK_OFFSET), copy, (one, other) -> one
				.getLong(TraceLayout.AT_BLOCK_SEQUENCE) > other.getLong(TraceLayout.AT_BLOCK_SEQUENCE) ? one : other);
	}

	FlightBase(TraceFile file, HistoryLane lane, Map<Long, ByteBuffer> table) throws IOException {
		HistoryLane.Raw first = lane.parts() == 0 ? null : lane.raw(0);
		totals = first == null ? ByteBuffer.allocate(TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN) : first.header();
		sequence = first == null ? 0 : first.first() - 1;
		table.forEach((offset, entry) -> {
			if (entry.getLong(TraceLayout.AT_BLOCK_SEQUENCE) <= sequence) {
				blocks.put(offset, entry);
			}
		});
		var settled = new HashSet<Long>();
		for (int part = 0; part < lane.parts(); part++) {
			HistoryLane.Raw raw = lane.raw(part);
			ByteBuffer events = LaneCursor.events(file, raw);
			for (int number = 0; number < raw.count(); number++) {
				lookBack(events, number * TraceLayout.RECORD_SIZE, settled);
			}
		}
	}

	/** The event before the first. */
	long sequence() {
		return sequence;
	}

	/** What an event tells of the time before: the first that makes or frees a block at its place settles what was there. */
	private void lookBack(ByteBuffer events, int at, Set<Long> settled) {
		int kind = Short.toUnsignedInt(events.getShort(at + TraceLayout.AT_KIND));
		Long offset = events.getLong(at + TraceLayout.AT_OFFSET);
		if (kind == EventKind.ALLOCATE.code() || kind == EventKind.RECEIVE.code()) {
			settled.add(offset);
		} else if (kind == EventKind.FREE.code() || kind == EventKind.AUTO_FREE.code()) {
			if (settled.add(offset) && !blocks.containsKey(offset)) {
				ByteBuffer entry = ByteBuffer.allocate(TraceLayout.RECORD_SIZE).order(LITTLE_ENDIAN);
				entry.putLong(TraceLayout.AT_BLOCK_OFFSET, offset);
				entry.putInt(TraceLayout.AT_BLOCK_SIZE, events.getInt(at + TraceLayout.AT_SIZE));
				entry.putInt(TraceLayout.AT_BLOCK_REQUESTED, events.getInt(at + TraceLayout.AT_REQUESTED));
				entry.putInt(TraceLayout.AT_BLOCK_STATE, TraceLayout.STATE_LIVE);
				entry.putShort(TraceLayout.AT_BLOCK_FLAG, events.getShort(at + TraceLayout.AT_FLAG));
				blocks.put(offset, entry);
			}
		} else if (!settled.contains(offset)) {
			if (kind == EventKind.SEND_BEGIN.code()) {
				states.putIfAbsent(offset, TraceLayout.STATE_LIVE);
			} else if (kind == EventKind.SEND_END.code()) {
				states.putIfAbsent(offset, TraceLayout.STATE_SENDING);
			}
		}
	}

	/** Makes of {@code live} the heap at {@link #sequence()}. */
	void restore(LiveBlocks live) {
		live.clear();
		// Blocks of which nobody knows any more what made them have numbers that no event has.
		long unknown = Long.MIN_VALUE;
		for (ByteBuffer entry : blocks.values()) {
			long offset = entry.getLong(TraceLayout.AT_BLOCK_OFFSET);
			int size = entry.getInt(TraceLayout.AT_BLOCK_SIZE);
			long made = entry.getLong(TraceLayout.AT_BLOCK_SEQUENCE);
			int block = live.fits(offset, size) ? live.add(made > 0 ? made : unknown++, offset, size) : -1;
			if (block < 0) {
				continue;
			}
			live.time[block] = entry.getLong(TraceLayout.AT_BLOCK_TIME);
			live.requested[block] = entry.getInt(TraceLayout.AT_BLOCK_REQUESTED);
			live.thread[block] = entry.getInt(TraceLayout.AT_BLOCK_THREAD);
			live.stack[block] = entry.getInt(TraceLayout.AT_BLOCK_STACK);
			live.engine[block] = entry.getInt(TraceLayout.AT_BLOCK_ENGINE);
			live.state[block] = states.getOrDefault(offset, entry.getInt(TraceLayout.AT_BLOCK_STATE));
			live.flag[block] = Short.toUnsignedInt(entry.getShort(TraceLayout.AT_BLOCK_FLAG));
		}
		live.peakBytes = totals.getLong(TraceLayout.AT_TOTAL_PEAK);
		live.allocations = totals.getLong(TraceLayout.AT_TOTAL_ALLOCATIONS);
		live.frees = totals.getLong(TraceLayout.AT_TOTAL_FREES);
		live.autoFrees = totals.getLong(TraceLayout.AT_TOTAL_AUTO_FREES);
		live.misuses = totals.getLong(TraceLayout.AT_TOTAL_MISUSES);
		live.timeouts = totals.getLong(TraceLayout.AT_TOTAL_TIMEOUTS);
	}
}
