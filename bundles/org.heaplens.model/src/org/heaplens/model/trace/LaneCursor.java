// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;

/**
 * One heap at an event, which can be moved: forward event by event, and anywhere by way of the nearest checkpoint. What it needs does not
 * grow with the trace. One thread.
 */
final class LaneCursor implements AutoCloseable {
	private final TraceFile file;
	private final HistoryLane lane;
	private final SegmentDecoder decoder;
	private final @Nullable FlightBase base;
	private final ByteBuffer records = ByteBuffer.allocate(TraceLayout.CHUNK_SIZE).order(LITTLE_ENDIAN);
	/** The part in {@link #records}; -1 if there is none. */
	private int part = -1;
	private int count;
	/** How many of its events were applied. */
	private int applied;
	private long at;
	/** Whether {@link #live} is the heap at that event. */
	private boolean valid;
	private long missed;

	/** A slot was used again, or became a segment, since the map was made. */
	static final class OvertakenException extends IOException {
		private static final long serialVersionUID = 1L;

		OvertakenException() {
			super("the program wrote over what was to be read");
		}
	}

	/** @param base what a flight recorder's first event finds; null if the lane is kept from its first event on */
	LaneCursor(TraceFile file, HistoryLane lane, @Nullable FlightBase base) {
		this.file = file;
		this.lane = lane;
		this.base = base;
		this.decoder = new SegmentDecoder(lane.heap.id(), lane.heap.capacity());
	}

	/** The heap at {@link #at()}. */
	LiveBlocks live() {
		return decoder.live();
	}

	/** The sequence number of the last event that was applied. */
	long at() {
		return at;
	}

	/** Events before it that the trace does not have. */
	long missed() {
		return missed;
	}

	/** The event before the first that there is. */
	long begin() {
		FlightBase known = base;
		return known == null ? 0 : known.sequence();
	}

	/** The raw events of the present part; the first {@link #applied()} are there. */
	ByteBuffer records() {
		return records;
	}

	int applied() {
		return applied;
	}

	/** Moves to an event, which is {@link #begin()} or later. */
	void moveTo(long sequence) throws IOException {
		seek(sequence);
		while (at < sequence && openPart()) {
			advance(sequence, Long.MAX_VALUE);
		}
	}

	/** Moves to the last event of that moment or before it. */
	void moveToTime(long nanos) throws IOException {
		int target = lane.partAt(nanos);
		moveTo(target < 0 ? begin() : Math.max(begin(), lane.first(target) - 1));
		while (openPart() && advance(Long.MAX_VALUE, nanos)) {
			continue;
		}
	}

	/** Whether the last event says that the process ended in good order. */
	boolean ended() {
		return applied > 0 && Short.toUnsignedInt(records.getShort((applied - 1) * TraceLayout.RECORD_SIZE
				+ TraceLayout.AT_KIND)) == EventKind.PROCESS_ENDED.code();
	}

	/** Goes to the nearest event before the wanted one from which one can go on. */
	private void seek(long sequence) throws IOException {
		long checkpoint = lane.checkpointBefore(Math.min(sequence - 1, lane.lastOfSegments()));
		if (valid && at <= sequence && checkpoint <= at) {
			return;
		}
		valid = false;
		part = -1;
		applied = 0;
		count = 0;
		missed = begin();
		FlightBase known = base;
		if (known != null) {
			known.restore(decoder.live());
			at = begin();
		} else if (checkpoint > 0 && load(checkpoint)) {
			at = checkpoint;
		} else {
			decoder.restart();
			at = 0;
		}
		valid = true;
	}

	private boolean load(long checkpoint) throws IOException {
		long position = lane.checkpointPosition(checkpoint);
		ByteBuffer header = file.pieceHeader(position);
		try {
			decoder.load(header, packed(header, position).array());
			return true;
		} catch (DamagedPieceException e) {
			throw file.broken(position, String.valueOf(e.getMessage()));
		}
	}

	private ByteBuffer packed(ByteBuffer header, long position) throws IOException {
		int length = header.limit() < TraceLayout.PIECE_HEADER_SIZE ? -1 : header.getInt(TraceLayout.AT_PIECE_PACKED);
		if (length < 0 || length > header.getInt(TraceLayout.AT_PIECE_STORED) - TraceLayout.PIECE_HEADER_SIZE
				|| !file.has(position + TraceLayout.PIECE_HEADER_SIZE + length)) {
			throw file.broken(position, "a piece with " + length + " bytes");
		}
		return file.read(position + TraceLayout.PIECE_HEADER_SIZE, length);
	}

	/** Sees to it that the next event is in the part that is open; false if there is none. */
	boolean openPart() throws IOException {
		if (part >= 0 && applied < count) {
			return true;
		}
		int next = lane.partOf(at + 1);
		if (next < 0 || lane.last(next) <= at) {
			next++;
		}
		if (next >= lane.parts()) {
			return false;
		}
		valid = false;
		part = next;
		applied = 0;
		if (next < lane.segments()) {
			openSegment(lane.get(next, HistoryLane.POSITION), lane.first(next));
		} else {
			openSlot(lane.raw(next));
		}
		valid = true;
		return true;
	}

	private void openSegment(long position, long first) throws IOException {
		ByteBuffer header = file.pieceHeader(position);
		byte[] packed = packed(header, position).array();
		try {
			count = decoder.open(header, packed);
		} catch (DamagedPieceException e) {
			throw file.broken(position, String.valueOf(e.getMessage()));
		}
		if (header.getLong(TraceLayout.AT_PIECE_FIRST) != first) {
			throw file.broken(position, "the index has other events here");
		}
	}

	private void openSlot(HistoryLane.Raw raw) throws IOException {
		ByteBuffer bytes = events(file, raw);
		for (int number = 0; number < raw.count(); number++) {
			int place = number * TraceLayout.RECORD_SIZE;
			if (bytes.getLong(place + TraceLayout.AT_SEQUENCE) != raw.first() + number) {
				throw file.broken(raw.position() + TraceLayout.PIECE_HEADER_SIZE + place,
						"event " + bytes.getLong(place + TraceLayout.AT_SEQUENCE) + " stands where event " + (raw.first() + number)
								+ " has to");
			}
		}
		records.put(0, bytes, 0, raw.count() * TraceLayout.RECORD_SIZE);
		count = raw.count();
		missed += raw.first() - at - 1;
		at = raw.first() - 1;
	}

	/** The raw events of a slot. */
	static ByteBuffer events(TraceFile file, HistoryLane.Raw raw) throws IOException {
		ByteBuffer kept = raw.events();
		if (kept != null) {
			return kept;
		}
		int length = raw.count() * TraceLayout.RECORD_SIZE;
		ByteBuffer bytes = file.read(raw.position() + TraceLayout.PIECE_HEADER_SIZE, length);
		VarHandle.fullFence();
		ByteBuffer header = file.pieceHeader(raw.position());
		if (header.limit() < TraceLayout.PIECE_HEADER_SIZE || bytes.limit() < length) {
			throw file.broken(raw.position(), "the file was cut while it was read");
		}
		if (header.getLong(TraceLayout.AT_PIECE_GENERATION) != raw.generation()) {
			throw new OvertakenException();
		}
		return bytes;
	}

	/**
	 * Applies events of the open part.
	 *
	 * @return whether the whole part was applied
	 */
	boolean advance(long lastSequence, long lastNanos) throws IOException {
		int limit = (int) Math.min(count, Math.max(applied, lastSequence - lane.first(part) + 1));
		if (lastSequence == Long.MAX_VALUE) {
			limit = count;
		}
		valid = false;
		if (part < lane.segments()) {
			try {
				applied = decoder.advance(records, limit, lastNanos);
			} catch (DamagedPieceException e) {
				throw file.broken(lane.get(part, HistoryLane.POSITION), String.valueOf(e.getMessage()));
			}
		} else {
			while (applied < limit && records.getLong(applied * TraceLayout.RECORD_SIZE + TraceLayout.AT_TIME) <= lastNanos) {
				decoder.live().apply(records, applied * TraceLayout.RECORD_SIZE);
				applied++;
			}
		}
		at = lane.first(part) + applied - 1;
		valid = true;
		return applied == count;
	}

	@Override
	public void close() {
		decoder.close();
	}
}
