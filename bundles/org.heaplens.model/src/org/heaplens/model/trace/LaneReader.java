// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;

/** Follows the events of one heap. One thread. */
final class LaneReader {
	private final TraceFile file;
	private final SlotReader slots;
	private final int heap;
	private final boolean flight;
	private final SegmentDecoder decoder;
	/** Where the segment with each part of the lane stands. */
	private final Map<Long, Long> segments = new HashMap<>();
	/** The events of the part that is being read. */
	private final ByteBuffer records = ByteBuffer.allocate(TraceLayout.CHUNK_SIZE).order(LITTLE_ENDIAN);
	private long ordinal;
	/** How many events of this part are in {@link #records}, and how many were delivered. */
	private int present;
	private int delivered;
	/** Whether nothing is added to this part any more. */
	private boolean whole;
	private long sequence;
	private boolean ended;

	LaneReader(TraceFile file, SlotReader slots, HeapInfo heap, boolean flight) {
		this.file = file;
		this.slots = slots;
		this.heap = heap.id();
		this.flight = flight;
		this.decoder = new SegmentDecoder(heap.id(), heap.capacity());
	}

	/** A segment has been found. */
	void add(long part, long position) {
		segments.put(part, position);
	}

	boolean ended() {
		return ended;
	}

	/** Told before the events behind a gap that a flight recorder has made. */
	interface GapSink {
		/** @param sequence of the last event that is missing */
		void gap(int heap, long sequence) throws IOException;
	}

	/** Delivers up to {@code maximum} events that were committed since the last call; returns how many. */
	int poll(Consumer<HeapEvent> sink, GapSink gaps, int maximum) throws IOException {
		int count = 0;
		while (count < maximum) {
			if (delivered == present) {
				if (whole) {
					nextPart();
				}
				if (!read(gaps)) {
					return count;
				}
			}
			int before = delivered;
			deliver(sink, maximum - count);
			count += delivered - before;
		}
		return count;
	}

	private void nextPart() {
		ordinal++;
		present = 0;
		delivered = 0;
		whole = false;
	}

	/** Reads more of the present part; false if there is nothing new. */
	private boolean read(GapSink gaps) throws IOException {
		Long segment = segments.get(ordinal);
		if (segment != null) {
			readSegment(segment);
			return true;
		}
		SlotReader.Held slot = slots.get(heap, ordinal);
		if (slot == null && flight) {
			slot = slots.next(heap, ordinal);
		}
		return slot != null && readSlot(slot, gaps);
	}

	private void readSegment(long position) throws IOException {
		ByteBuffer header = file.pieceHeader(position);
		ByteBuffer packed = file.read(position + TraceLayout.PIECE_HEADER_SIZE, header.getInt(TraceLayout.AT_PIECE_PACKED));
		try {
			present = decoder.decode(header, packed.array(), records);
		} catch (DamagedPieceException e) {
			throw file.broken(position, String.valueOf(e.getMessage()));
		}
		delivered = Math.min(present, delivered);
		whole = true;
	}

	/** Copies what is new, and believes it only if the slot has not changed hands meanwhile. */
	private boolean readSlot(SlotReader.Held slot, GapSink gaps) throws IOException {
		ByteBuffer source = slot.slot().bytes();
		boolean behindGap = slot.ordinal() > ordinal;
		int begin = behindGap ? 0 : present;
		int count = begin;
		int at = TraceLayout.PIECE_HEADER_SIZE + count * TraceLayout.RECORD_SIZE;
		long wrong = 0;
		while (count < TraceLayout.RECORDS_IN_CHUNK && at + TraceLayout.RECORD_SIZE <= source.limit()) {
			long found = (long) TraceLayout.LONG.getAcquire(source, at + TraceLayout.AT_SEQUENCE);
			if (found != slot.first() + count) {
				wrong = found;
				break;
			}
			records.put(count * TraceLayout.RECORD_SIZE, source, at, TraceLayout.RECORD_SIZE);
			count++;
			at += TraceLayout.RECORD_SIZE;
		}
		if (!slot.stands()) {
			return false;
		}
		if (wrong >= slot.first() && wrong != 0 || slot.first() + begin <= sequence) {
			throw file.broken(slot.slot().position() + at, "event " + wrong + " stands where event " + (slot.first() + count) + " has to");
		}
		if (count == begin) {
			return false;
		}
		if (behindGap) {
			gaps.gap(heap, slot.first() - 1);
			ordinal = slot.ordinal();
			delivered = 0;
		}
		present = count;
		whole = count == TraceLayout.RECORDS_IN_CHUNK;
		if (whole && !flight) {
			decoder.follow(records, count);
		}
		return true;
	}

	private void deliver(Consumer<HeapEvent> sink, int maximum) throws IOException {
		for (int count = 0; count < maximum && delivered < present; count++) {
			int at = delivered * TraceLayout.RECORD_SIZE;
			sequence = records.getLong(at + TraceLayout.AT_SEQUENCE);
			// Step on first: a sink that throws has had its event all the same.
			delivered++;
			// A kind that a later version added is passed over.
			Optional<EventKind> kind = EventKind.of(unsigned(records, at + TraceLayout.AT_KIND));
			if (kind.isPresent()) {
				ended |= kind.get() == EventKind.PROCESS_ENDED;
				sink.accept(event(records, at, sequence, kind.get()));
			}
		}
	}

	private HeapEvent event(ByteBuffer source, int at, long number, EventKind kind) {
		return new HeapEvent(number, source.getLong(at + TraceLayout.AT_TIME), kind, heap, source.getLong(at + TraceLayout.AT_OFFSET),
				source.getInt(at + TraceLayout.AT_SIZE), source.getInt(at + TraceLayout.AT_REQUESTED),
				source.getLong(at + TraceLayout.AT_ARGUMENT), unsigned(source, at + TraceLayout.AT_FLAG),
				source.getInt(at + TraceLayout.AT_STATUS), MisuseReason.of(unsigned(source, at + TraceLayout.AT_REASON)),
				source.getInt(at + TraceLayout.AT_THREAD), source.getInt(at + TraceLayout.AT_STACK),
				source.getInt(at + TraceLayout.AT_ENGINE));
	}

	private static int unsigned(ByteBuffer source, int at) {
		return Short.toUnsignedInt(source.getShort(at));
	}
}
