// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.heaplens.model.HeapInfo;

/**
 * What stands where in a trace, as it was when it was last looked at. Found through the indexes, and piece by piece behind the newest of
 * them; where the indexes are cut off, missing or damaged, piece by piece from the beginning. One thread.
 */
final class TraceMap {
	/** There are so many slots only where a disk was full, and then they are not used again. */
	private static final int SLOTS_KEPT = 256;
	/** How often it is looked again while the program moves parts about. */
	private static final int TRIES = 8;

	private final TraceFile file;
	private final Map<Integer, HistoryLane> lanes = new LinkedHashMap<>();
	private final List<Long> slots = new ArrayList<>();
	private DictionaryReader dictionary;
	private TraceHeader header;
	private long nextPiece = TraceLayout.HEADER_SIZE;

	/** An index does not fit the file: the file is read without it. */
	private static final class UselessIndexException extends Exception {
		private static final long serialVersionUID = 1L;

		UselessIndexException() {
			super("the index does not fit the pieces", null, false, false);
		}
	}

	TraceMap(TraceFile file) throws IOException {
		this.file = file;
		this.dictionary = new DictionaryReader(file);
		this.header = readHeader();
		readHeaps();
		readIndexes(header.index());
		refresh();
	}

	TraceHeader header() {
		return header;
	}

	DictionaryReader dictionary() {
		return dictionary;
	}

	/** By the numbers of their heaps, in the order in which the heaps were made. */
	Map<Integer, HistoryLane> lanes() {
		return lanes;
	}

	/** Takes in what was written meanwhile. */
	void refresh() throws IOException {
		file.requireUncut();
		header = readHeader();
		readHeaps();
		boolean whole = false;
		for (int tries = 1; tries <= TRIES && !whole; tries++) {
			whole = look();
		}
		if (!whole && header.info().writerAlive()) {
			// The program is faster than this looks: what is before the gap is true, and the rest is for the next time.
			lanes.values().forEach(HistoryLane::forgetBehindGap);
		}
	}

	/**
	 * Looks at slots and pieces. While it does, a part may go from a slot that was not looked at yet into a segment, or begin in one that
	 * was: so slots are looked at before and after, and what was read from either is kept.
	 *
	 * @return false if a part is missing between others, which was in neither place when this looked there
	 */
	private boolean look() throws IOException {
		Map<Integer, List<HistoryLane.Raw>> before = readSlots();
		walk();
		Map<Integer, List<HistoryLane.Raw>> after = readSlots();
		boolean whole = true;
		for (HistoryLane lane : lanes.values()) {
			lane.raws(standing(before.getOrDefault(lane.heap.id(), List.of()), after.getOrDefault(lane.heap.id(), List.of())));
			whole &= header.flight() || !lane.hasGap();
		}
		return whole;
	}

	/** What was in slots, in the order of events; of a part that was read twice the newer reading, which may have more. */
	private List<HistoryLane.Raw> standing(List<HistoryLane.Raw> before, List<HistoryLane.Raw> after) {
		var parts = new TreeMap<Long, HistoryLane.Raw>();
		if (!header.flight() || after.isEmpty()) {
			before.forEach(raw -> parts.put(raw.first(), raw));
		}
		after.forEach(raw -> parts.put(raw.first(), raw));
		List<HistoryLane.Raw> result = new ArrayList<>();
		for (HistoryLane.Raw raw : parts.values()) {
			if (!result.isEmpty() && raw.first() <= result.get(result.size() - 1).last()) {
				continue;
			}
			if (header.flight() && !result.isEmpty() && raw.first() != result.get(result.size() - 1).last() + 1) {
				// What stands before a gap tells nothing of what is behind it.
				result.clear();
			}
			result.add(raw);
		}
		return result;
	}

	private TraceHeader readHeader() throws IOException {
		ByteBuffer bytes = file.read(0, TraceLayout.HEADER_SIZE);
		if (bytes.limit() < TraceLayout.HEADER_SIZE) {
			throw file.broken(bytes.limit(), bytes.limit() == 0 ? "the file is empty" : "no HeapLens trace: too short to have a header");
		}
		// Outside the Java heap, where words can be read as if others wrote them.
		var result = new TraceHeader(file, ByteBuffer.allocateDirect(bytes.limit()).order(LITTLE_ENDIAN).put(0, bytes, 0, bytes.limit()));
		result.info();
		return result;
	}

	private void readHeaps() throws IOException {
		for (int index = lanes.size(); index < header.heapCount(); index++) {
			HeapInfo heap = header.heap(index);
			if (lanes.put(heap.id(), new HistoryLane(heap)) != null) {
				throw file.broken(TraceHeader.heapPosition(index), "two heaps have the number " + heap.id());
			}
		}
	}

	private void walk() throws IOException {
		ByteBuffer piece = file.pieceHeader(nextPiece);
		while (piece.limit() == TraceLayout.PIECE_HEADER_SIZE && piece.getLong(TraceLayout.AT_PIECE_COMMIT) == 1) {
			int stored = stored(piece, nextPiece);
			if (!isChunk(piece) && !file.has(nextPiece + stored)) {
				// Cut off.
				return;
			}
			add(piece, nextPiece);
			nextPiece += stored;
			piece = file.pieceHeader(nextPiece);
		}
	}

	private int stored(ByteBuffer piece, long position) throws IOException {
		int stored = piece.getInt(TraceLayout.AT_PIECE_STORED);
		if (stored < TraceLayout.PIECE_HEADER_SIZE || stored % TraceLayout.PIECE_UNIT != 0) {
			throw file.broken(position, "a piece of " + stored + " bytes");
		}
		int packed = piece.getInt(TraceLayout.AT_PIECE_PACKED);
		if (!isChunk(piece) && (packed < 0 || packed > stored - TraceLayout.PIECE_HEADER_SIZE)) {
			throw file.broken(position, "a piece with " + packed + " bytes in " + stored);
		}
		return stored;
	}

	/** Whether it may be filled still, so that a part of it is worth something. */
	private static boolean isChunk(ByteBuffer piece) {
		int kind = piece.getInt(TraceLayout.AT_PIECE_KIND);
		return piece.getInt(TraceLayout.AT_PIECE_CODEC) == TraceLayout.CODEC_RAW && kind != TraceLayout.KIND_INDEX;
	}

	private void add(ByteBuffer piece, long position) throws IOException {
		int kind = piece.getInt(TraceLayout.AT_PIECE_KIND);
		boolean raw = piece.getInt(TraceLayout.AT_PIECE_CODEC) == TraceLayout.CODEC_RAW;
		if (kind == TraceLayout.KIND_DICTIONARY) {
			dictionary.add(position, piece.getInt(TraceLayout.AT_PIECE_STORED));
		} else if ((kind == TraceLayout.KIND_EVENTS || kind == TraceLayout.KIND_UNUSED) && raw) {
			slots.add(position);
		} else if (kind == TraceLayout.KIND_EVENTS) {
			addSegment(lane(piece, position), piece, position);
		} else if (kind == TraceLayout.KIND_TABLE) {
			lane(piece, position).tables.add(position);
		} else if (kind == TraceLayout.KIND_CHECKPOINT) {
			lane(piece, position).addCheckpoint(piece, position);
		}
	}

	private void addSegment(HistoryLane lane, ByteBuffer piece, long position) throws IOException {
		if (header.flight()) {
			throw file.broken(position, "a compressed piece in the recording of a flight recorder, which has none");
		}
		try {
			if (!lane.addSegment(piece, position)) {
				throw file.broken(position, "events from " + piece.getLong(TraceLayout.AT_PIECE_FIRST) + " on stand where event "
						+ (lane.lastOfSegments() + 1) + " has to follow");
			}
		} catch (DamagedPieceException e) {
			throw file.broken(position, String.valueOf(e.getMessage()));
		}
	}

	private HistoryLane lane(ByteBuffer piece, long position) throws IOException {
		int heap = piece.getInt(TraceLayout.AT_PIECE_HEAP);
		if (!lanes.containsKey(heap)) {
			// The heap may have been made after the heaps were read and before its piece was.
			header = readHeader();
			readHeaps();
		}
		HistoryLane lane = lanes.get(heap);
		if (lane == null) {
			throw file.broken(position, "a piece of heap " + heap + ", which the header does not name");
		}
		return lane;
	}

	private void readIndexes(long newest) throws IOException {
		try {
			List<Long> chain = chain(newest);
			for (int link = chain.size() - 1; link >= 0; link--) {
				readIndex(chain.get(link));
			}
		} catch (UselessIndexException | TraceFormatException e) {
			// From the beginning then: what is damaged in the file itself is found there, with its place.
			lanes.clear();
			slots.clear();
			dictionary = new DictionaryReader(file);
			nextPiece = TraceLayout.HEADER_SIZE;
			readHeaps();
		}
	}

	/** Positions of all indexes, the newest first. Each stands before the one that names it, so there is an end. */
	private List<Long> chain(long newest) throws IOException, UselessIndexException {
		var result = new ArrayList<Long>();
		long behind = Long.MAX_VALUE;
		for (long position = newest; position != 0; position = indexHeader(position).getLong(TraceLayout.AT_PIECE_FIRST)) {
			if (position < TraceLayout.HEADER_SIZE || position >= behind) {
				throw new UselessIndexException();
			}
			result.add(position);
			behind = position;
		}
		return result;
	}

	private ByteBuffer indexHeader(long position) throws IOException, UselessIndexException {
		ByteBuffer index = file.pieceHeader(position);
		if (index.limit() < TraceLayout.PIECE_HEADER_SIZE || index.getInt(TraceLayout.AT_PIECE_KIND) != TraceLayout.KIND_INDEX
				|| index.getLong(TraceLayout.AT_PIECE_COMMIT) != 1 || !file.has(position + stored(index, position))
				|| index.getInt(TraceLayout.AT_PIECE_PACKED) % TraceLayout.PIECE_HEADER_SIZE != 0) {
			throw new UselessIndexException();
		}
		return index;
	}

	/** An index lists what stands between the one before and itself, without a gap. */
	private void readIndex(long position) throws IOException, UselessIndexException {
		ByteBuffer index = indexHeader(position);
		int length = index.getInt(TraceLayout.AT_PIECE_PACKED);
		ByteBuffer entries = file.read(position + TraceLayout.PIECE_HEADER_SIZE, length);
		for (int at = 0; at < length; at += TraceLayout.PIECE_HEADER_SIZE) {
			ByteBuffer entry = entries.slice(at, TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN);
			if (entry.getLong(TraceLayout.AT_PIECE_GENERATION) != nextPiece) {
				throw new UselessIndexException();
			}
			add(entry, nextPiece);
			nextPiece += stored(entry, nextPiece);
		}
		if (nextPiece != position) {
			throw new UselessIndexException();
		}
		nextPiece += index.getInt(TraceLayout.AT_PIECE_STORED);
	}

	/** What is in the slots now: for each heap in the order of its events. */
	private Map<Integer, List<HistoryLane.Raw>> readSlots() throws IOException {
		var result = new HashMap<Integer, List<HistoryLane.Raw>>();
		for (long position : slots) {
			ByteBuffer slot = file.pieceHeader(position);
			if (slot.limit() < TraceLayout.PIECE_HEADER_SIZE || slot.getInt(TraceLayout.AT_PIECE_KIND) != TraceLayout.KIND_EVENTS) {
				continue;
			}
			long first = slot.getLong(TraceLayout.AT_PIECE_FIRST);
			int count = first < 1 ? 0 : count(position, first);
			if (slot.getLong(TraceLayout.AT_PIECE_GENERATION) % 2 != 0 || count == 0) {
				continue;
			}
			long firstTime = number(position, 0, TraceLayout.AT_TIME);
			long lastTime = number(position, count - 1, TraceLayout.AT_TIME);
			ByteBuffer events = slots.size() > SLOTS_KEPT
					? null
					: file.read(position + TraceLayout.PIECE_HEADER_SIZE, count * TraceLayout.RECORD_SIZE);
			VarHandle.fullFence();
			if (file.pieceHeader(position).getLong(TraceLayout.AT_PIECE_GENERATION) == slot.getLong(TraceLayout.AT_PIECE_GENERATION)) {
				result.computeIfAbsent(lane(slot, position).heap.id(), heap -> new ArrayList<>())
						.add(new HistoryLane.Raw(position, slot, count, firstTime, lastTime, events));
			}
		}
		result.values().forEach(raws -> raws.sort(Comparator.comparingLong(HistoryLane.Raw::first)));
		return result;
	}

	/** How many events a slot has: they are written one behind the other, so what is there is found by halving. */
	private int count(long position, long first) throws IOException {
		int low = 0;
		int high = TraceLayout.RECORDS_IN_CHUNK;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (number(position, middle, TraceLayout.AT_SEQUENCE) == first + middle) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}

	/** A field of a record; 0 behind the end of the file. */
	private long number(long position, int record, int field) throws IOException {
		ByteBuffer bytes = file.read(position + TraceLayout.PIECE_HEADER_SIZE + (long) record * TraceLayout.RECORD_SIZE + field,
				Long.BYTES);
		return bytes.limit() < Long.BYTES ? 0 : bytes.getLong(0);
	}
}
