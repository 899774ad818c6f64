// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;

/**
 * A valid trace of any length in seconds. A short one is recorded, in which one segment's events leave the heap as they found it; that
 * segment is repeated, with other numbers in its header, and so is the checkpoint, whose blocks live for ever. Nothing in the compressed
 * columns depends on where a segment stands.
 *
 * <pre>
 * recorded   dictionary | lasting | cycle | cycle | ... | checkpoint | ... | end |
 * written    dictionary | lasting | cycle x n, checkpoint every 16th, index every 64th piece | end |
 * </pre>
 */
public final class GiantTrace {
	/** Live from the beginning to the end. */
	public static final int LASTING = 1000;
	private static final int SIZE = 4096;
	private static final int RING = 16;
	private static final int CYCLES_RECORDED = 20;
	private static final int CYCLES_TO_CHECKPOINT = 16;
	private static final int PIECES_IN_INDEX = 64;

	private final FileChannel target;
	private final IndexEntries entries = new IndexEntries();
	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(LITTLE_ENDIAN);
	private long position;
	private long index;

	/** A piece with its header, as recorded. */
	private record Piece(ByteBuffer header, byte[] body) {
		int kind() {
			return header.getInt(TraceLayout.AT_PIECE_KIND);
		}
	}

	private GiantTrace(FileChannel target) {
		this.target = target;
	}

	/** Writes a trace of at least {@code events} events, of one heap, which ended in good order. */
	public static Path write(Path folder, long events) throws IOException {
		Path small = record(folder);
		Path file = folder.resolve("giant" + TraceLayout.EXTENSION);
		try (var source = FileChannel.open(small, StandardOpenOption.READ);
				var target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			new GiantTrace(target).write(source, events);
		}
		Files.delete(small);
		return file;
	}

	private static Path record(Path folder) throws IOException {
		try (var writer = TraceWriter.create(folder, "giant")) {
			Lane lane = writer.lane(new HeapInfo(0, Side.HOST, 0, 1L << 32, 0x1000));
			for (int block = 0; block < LASTING; block++) {
				event(lane, EventKind.ALLOCATE, RING + block);
			}
			fill(lane, TraceLayout.RECORDS_IN_CHUNK - LASTING);
			for (int cycle = 0; cycle < CYCLES_RECORDED; cycle++) {
				fill(lane, TraceLayout.RECORDS_IN_CHUNK);
			}
			return writer.file();
		}
	}

	/** Events after which there are the same blocks as before. */
	private static void fill(Lane lane, int count) {
		for (int left = count; left > 1; left -= 2) {
			int place = left / 2 % RING;
			event(lane, EventKind.ALLOCATE, place);
			event(lane, EventKind.FREE, place);
		}
		if (count % 2 == 1) {
			lane.append(EventKind.TIMEOUT, 0, SIZE, SIZE, 0, 4, 0, MisuseReason.NONE, 0, 0, 0);
		}
	}

	private static void event(Lane lane, EventKind kind, int place) {
		lane.append(kind, (long) place * SIZE, SIZE, SIZE, 0, 4, 0, MisuseReason.NONE, 0, 0, 0);
	}

	private void write(FileChannel source, long events) throws IOException {
		List<Piece> pieces = pieces(source);
		List<Piece> segments = pieces.stream().filter(piece -> piece.kind() == TraceLayout.KIND_EVENTS).toList();
		Piece checkpoint = pieces.stream().filter(piece -> piece.kind() == TraceLayout.KIND_CHECKPOINT).findFirst().orElseThrow();
		Piece cycle = segments.get(1);
		Piece end = segments.get(segments.size() - 1);
		if (segments.size() != CYCLES_RECORDED + 2 || count(cycle) != TraceLayout.RECORDS_IN_CHUNK || count(end) != 1) {
			throw new IllegalStateException("the recording has other segments than meant: " + segments.size());
		}
		put(read(source, 0, TraceLayout.HEADER_SIZE).array());
		for (Piece piece : pieces) {
			if (piece.kind() == TraceLayout.KIND_DICTIONARY) {
				put(piece, piece.header());
			}
		}
		put(segments.get(0), segments.get(0).header());
		long cycles = Math.max(1, (events - count(segments.get(0))) / TraceLayout.RECORDS_IN_CHUNK);
		for (long number = 0; number < cycles; number++) {
			put(cycle, moved(cycle, number));
			if (number % CYCLES_TO_CHECKPOINT == CYCLES_TO_CHECKPOINT - 1) {
				putCheckpoint(checkpoint, moved(cycle, number + 1), number / CYCLES_TO_CHECKPOINT);
			}
			putIndex(PIECES_IN_INDEX);
		}
		ByteBuffer last = moved(cycle, cycles);
		last.putLong(TraceLayout.AT_PIECE_LAST, last.getLong(TraceLayout.AT_PIECE_FIRST));
		last.putLong(TraceLayout.AT_PIECE_LAST_TIME, last.getLong(TraceLayout.AT_PIECE_FIRST_TIME));
		for (int at : new int[]{TraceLayout.AT_PIECE_STORED, TraceLayout.AT_PIECE_PACKED, TraceLayout.AT_PIECE_RAW}) {
			last.putInt(at, end.header().getInt(at));
		}
		last.put(TraceLayout.AT_SUMMARY_LEAST_LIVE, end.header(), TraceLayout.AT_SUMMARY_LEAST_LIVE,
				TraceLayout.AT_TOTAL_LIVE - TraceLayout.AT_SUMMARY_LEAST_LIVE);
		put(end, last);
		putIndex(1);
		put(new byte[TraceLayout.PIECE_HEADER_SIZE]);
		flush();
		target.write(ByteBuffer.allocate(Long.BYTES).order(LITTLE_ENDIAN).putLong(0, index), TraceLayout.AT_INDEX);
	}

	private static int count(Piece segment) {
		return segment.header().getInt(TraceLayout.AT_PIECE_RAW) / TraceLayout.RECORD_SIZE;
	}

	/** The header of the cycle that follows so many others. */
	private static ByteBuffer moved(Piece cycle, long number) {
		ByteBuffer header = copy(cycle.header());
		long events = TraceLayout.RECORDS_IN_CHUNK;
		long nanos = header.getLong(TraceLayout.AT_PIECE_LAST_TIME) - header.getLong(TraceLayout.AT_PIECE_FIRST_TIME) + 1000;
		add(header, TraceLayout.AT_PIECE_ORDINAL, number);
		add(header, TraceLayout.AT_PIECE_FIRST, number * events);
		add(header, TraceLayout.AT_PIECE_LAST, number * events);
		add(header, TraceLayout.AT_PIECE_FIRST_TIME, number * nanos);
		add(header, TraceLayout.AT_PIECE_LAST_TIME, number * nanos);
		add(header, TraceLayout.AT_TOTAL_ALLOCATIONS, number * header.getInt(TraceLayout.AT_SUMMARY_ALLOCATIONS));
		add(header, TraceLayout.AT_TOTAL_FREES, number * header.getInt(TraceLayout.AT_SUMMARY_FREES));
		add(header, TraceLayout.AT_TOTAL_TIMEOUTS, number * header.getInt(TraceLayout.AT_SUMMARY_TIMEOUTS));
		return header;
	}

	private static void add(ByteBuffer header, int at, long more) {
		header.putLong(at, header.getLong(at) + more);
	}

	/** @param next header of the segment that follows the checkpoint */
	private void putCheckpoint(Piece checkpoint, ByteBuffer next, long ordinal) throws IOException {
		ByteBuffer header = copy(checkpoint.header());
		header.putLong(TraceLayout.AT_PIECE_ORDINAL, ordinal);
		long last = next.getLong(TraceLayout.AT_PIECE_FIRST) - 1;
		long time = next.getLong(TraceLayout.AT_PIECE_FIRST_TIME) - 1000;
		header.putLong(TraceLayout.AT_PIECE_FIRST, last).putLong(TraceLayout.AT_PIECE_LAST, last);
		header.putLong(TraceLayout.AT_PIECE_FIRST_TIME, time).putLong(TraceLayout.AT_PIECE_LAST_TIME, time);
		header.put(TraceLayout.AT_TOTAL_LIVE, next, TraceLayout.AT_TOTAL_LIVE, TraceLayout.PIECE_HEADER_SIZE - TraceLayout.AT_TOTAL_LIVE);
		put(checkpoint, header);
	}

	private void putIndex(int least) throws IOException {
		if (entries.count() < least) {
			return;
		}
		byte[] list = entries.bytes();
		ByteBuffer header = ByteBuffer.allocate(TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN);
		header.putInt(TraceLayout.AT_PIECE_KIND, TraceLayout.KIND_INDEX).putLong(TraceLayout.AT_PIECE_ORDINAL, entries.ordinal())
				.putLong(TraceLayout.AT_PIECE_FIRST, index).putInt(TraceLayout.AT_PIECE_STORED, TraceLayout.stored(list.length))
				.putInt(TraceLayout.AT_PIECE_PACKED, list.length).putInt(TraceLayout.AT_PIECE_RAW, list.length)
				.putLong(TraceLayout.AT_PIECE_COMMIT, 1);
		index = position;
		put(header.array());
		put(list);
		put(new byte[TraceLayout.stored(list.length) - TraceLayout.PIECE_HEADER_SIZE - list.length]);
		entries.next();
	}

	private void put(Piece piece, ByteBuffer header) throws IOException {
		entries.add(header, position);
		put(header.array());
		put(piece.body());
	}

	private void put(byte[] bytes) throws IOException {
		if (bytes.length > buffer.remaining()) {
			flush();
		}
		if (bytes.length > buffer.capacity()) {
			throw new IllegalStateException("a piece of " + bytes.length + " bytes");
		}
		buffer.put(bytes);
		position += bytes.length;
	}

	private void flush() throws IOException {
		buffer.flip();
		while (buffer.hasRemaining()) {
			target.write(buffer);
		}
		buffer.clear();
	}

	private static List<Piece> pieces(FileChannel source) throws IOException {
		var pieces = new ArrayList<Piece>();
		long at = TraceLayout.HEADER_SIZE;
		while (true) {
			ByteBuffer header = read(source, at, TraceLayout.PIECE_HEADER_SIZE);
			if (header.getLong(TraceLayout.AT_PIECE_COMMIT) == 0) {
				return pieces;
			}
			int stored = header.getInt(TraceLayout.AT_PIECE_STORED);
			pieces.add(new Piece(header, read(source, at + TraceLayout.PIECE_HEADER_SIZE, stored - TraceLayout.PIECE_HEADER_SIZE).array()));
			at += stored;
		}
	}

	private static ByteBuffer read(FileChannel source, long at, int length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(length).order(LITTLE_ENDIAN);
		while (bytes.hasRemaining()) {
			if (source.read(bytes, at + bytes.position()) < 0) {
				throw new EOFException("the recording ends at byte " + (at + bytes.position()));
			}
		}
		return bytes.clear().order(LITTLE_ENDIAN);
	}

	private static ByteBuffer copy(ByteBuffer header) {
		return ByteBuffer.wrap(header.array().clone()).order(LITTLE_ENDIAN);
	}
}
