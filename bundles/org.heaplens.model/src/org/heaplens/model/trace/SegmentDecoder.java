// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.heaplens.model.trace.SegmentEncoder.ARGUMENTS;
import static org.heaplens.model.trace.SegmentEncoder.FORM_BLOCK;
import static org.heaplens.model.trace.SegmentEncoder.FORM_BLOCK_EMPTY;
import static org.heaplens.model.trace.SegmentEncoder.FORM_NEW;
import static org.heaplens.model.trace.SegmentEncoder.FORM_NONE;
import static org.heaplens.model.trace.SegmentEncoder.FORM_OTHER;
import static org.heaplens.model.trace.SegmentEncoder.FREES;
import static org.heaplens.model.trace.SegmentEncoder.KINDS;
import static org.heaplens.model.trace.SegmentEncoder.OTHERS;
import static org.heaplens.model.trace.SegmentEncoder.PLACES;
import static org.heaplens.model.trace.SegmentEncoder.PLACE_BEHIND;
import static org.heaplens.model.trace.SegmentEncoder.PLACE_OTHER;
import static org.heaplens.model.trace.SegmentEncoder.REFERENCES;
import static org.heaplens.model.trace.SegmentEncoder.SHAPES;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_ENGINE;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_FLAG;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_FORM;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_KIND;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_REASON;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_STACK;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_STATUS;
import static org.heaplens.model.trace.SegmentEncoder.SHAPE_WIDTH;
import static org.heaplens.model.trace.SegmentEncoder.SIZES;
import static org.heaplens.model.trace.SegmentEncoder.SIZE_OTHER;
import static org.heaplens.model.trace.SegmentEncoder.SIZE_ROUNDED;
import static org.heaplens.model.trace.SegmentEncoder.TABLES;
import static org.heaplens.model.trace.SegmentEncoder.THREADS;
import static org.heaplens.model.trace.SegmentEncoder.THREAD_OF_BLOCK;
import static org.heaplens.model.trace.SegmentEncoder.TIMES;
import static org.heaplens.model.trace.TraceLayout.AT_ARGUMENT;
import static org.heaplens.model.trace.TraceLayout.AT_ENGINE;
import static org.heaplens.model.trace.TraceLayout.AT_FLAG;
import static org.heaplens.model.trace.TraceLayout.AT_HEAP;
import static org.heaplens.model.trace.TraceLayout.AT_KIND;
import static org.heaplens.model.trace.TraceLayout.AT_OFFSET;
import static org.heaplens.model.trace.TraceLayout.AT_REASON;
import static org.heaplens.model.trace.TraceLayout.AT_REQUESTED;
import static org.heaplens.model.trace.TraceLayout.AT_SEQUENCE;
import static org.heaplens.model.trace.TraceLayout.AT_SIZE;
import static org.heaplens.model.trace.TraceLayout.AT_STACK;
import static org.heaplens.model.trace.TraceLayout.AT_STATUS;
import static org.heaplens.model.trace.TraceLayout.AT_THREAD;
import static org.heaplens.model.trace.TraceLayout.AT_TIME;
import static org.heaplens.model.trace.TraceLayout.RECORDS_IN_CHUNK;
import static org.heaplens.model.trace.TraceLayout.RECORD_SIZE;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.heaplens.model.EventKind;

/**
 * Makes raw events again of what {@link SegmentEncoder} packed. It carries the live blocks along, so segments come in their order: from
 * the first of the heap, or behind a checkpoint. Nothing in the file is believed: what cannot be true is a
 * {@link DamagedPieceException}, and no more memory is used than a chunk's events and {@link LiveBlocks#LIMIT} blocks need. One thread.
 */
final class SegmentDecoder implements AutoCloseable {
	/** Bytes of tokens that the events of a chunk may have: many times what any has. */
	private static final int MOST_TOKENS = 256 * RECORDS_IN_CHUNK;

	private final int heap;
	private final LiveBlocks live;
	private final ColumnsReader reader = new ColumnsReader(SegmentEncoder.COLUMNS);
	private final CheckpointCodec checkpoints = new CheckpointCodec();
	private final RowTable shapes = new RowTable(SHAPE_WIDTH);
	private final SizePairs pairs = new SizePairs();
	private final long[] lastArguments = new long[KINDS];
	private final int[] threadOf = new int[RECORDS_IN_CHUNK];
	private final int[] shapeOf = new int[RECORDS_IN_CHUNK];
	private int[] threads = new int[16];
	private int offsetShift;
	private int sizeShift;
	private int overhead;
	private long next = 1;
	/** Of the segment that is open: its events, how many of them were made, and whether the time of the next is known. */
	private long first;
	private int count;
	private int number;
	private long time;
	private boolean timeKnown;

	/**
	 * @param heap     its number, for the events
	 * @param capacity of the heap, in bytes
	 */
	SegmentDecoder(int heap, long capacity) {
		this.heap = heap;
		this.live = new LiveBlocks(capacity);
	}

	/** The heap behind the last event that was decoded. */
	LiveBlocks live() {
		return live;
	}

	/** Begins again before the first event of the heap. */
	void restart() {
		live.clear();
		next = 1;
	}

	/**
	 * Goes to where a checkpoint stands.
	 *
	 * @param header of the piece, {@link TraceLayout#PIECE_HEADER_SIZE} bytes
	 * @param packed its packed bytes, as many as the header says
	 */
	void load(ByteBuffer header, byte[] packed) throws DamagedPieceException {
		next = 0;
		long sequence = header.getLong(TraceLayout.AT_PIECE_LAST);
		if (sequence < 1 || sequence == Long.MAX_VALUE) {
			throw new DamagedPieceException("a checkpoint behind event " + sequence);
		}
		checkpoints.decode(packed, header.getInt(TraceLayout.AT_PIECE_PACKED), header.getInt(TraceLayout.AT_PIECE_RAW), sequence,
				live);
		live.readTotals(header);
		next = sequence + 1;
	}

	/**
	 * Makes raw events of a segment, from position 0 on.
	 *
	 * @param header  of the piece, {@link TraceLayout#PIECE_HEADER_SIZE} bytes
	 * @param packed  its packed bytes, as many as the header says
	 * @param records room for {@link TraceLayout#RECORDS_IN_CHUNK} events, little endian
	 * @return how many events there are
	 * @throws DamagedPieceException if the segment is damaged; a checkpoint has to be loaded before the next call
	 */
	int decode(ByteBuffer header, byte[] packed, ByteBuffer records) throws DamagedPieceException {
		int all = open(header, packed);
		advance(records, all, Long.MAX_VALUE);
		return all;
	}

	/**
	 * Begins with a segment, whose events {@link #advance} then makes; returns how many there are.
	 *
	 * @throws DamagedPieceException as {@link #decode}
	 */
	int open(ByteBuffer header, byte[] packed) throws DamagedPieceException {
		first = header.getLong(TraceLayout.AT_PIECE_FIRST);
		count = count(header);
		if (first != next || first < 1) {
			throw new DamagedPieceException("events from " + first + " on stand where event " + next + " has to follow");
		}
		next = 0;
		number = 0;
		timeKnown = false;
		time = header.getLong(TraceLayout.AT_PIECE_FIRST_TIME);
		reader.unpack(packed, header.getInt(TraceLayout.AT_PIECE_PACKED), MOST_TOKENS);
		begin(count);
		return count;
	}

	/**
	 * Makes the next events of the segment that was opened; {@link #live} follows.
	 *
	 * @param limit     how many events of the segment there should be at most, from its first on
	 * @param lastNanos events later than that are left for the next call
	 * @return how many there are
	 */
	int advance(ByteBuffer records, int limit, long lastNanos) throws DamagedPieceException {
		while (number < limit) {
			if (!timeKnown) {
				time += reader.number(TIMES);
				timeKnown = true;
			}
			if (time > lastNanos) {
				return number;
			}
			int at = number * RECORD_SIZE;
			records.putLong(at + AT_TIME, time);
			records.putInt(at + AT_THREAD, threads[threadOf[number]]);
			records.putShort(at + AT_HEAP, (short) heap);
			records.putLong(at + AT_SEQUENCE, first + number);
			getShape(records, at, shapeOf[number]);
			getBlock(records, number, shapeOf[number]);
			live.apply(records, at);
			timeKnown = false;
			number++;
		}
		if (number == count) {
			next = first + count;
		}
		return number;
	}

	/** Follows raw events that were read from a slot, in place of decoding the segment that they become. */
	void follow(ByteBuffer records, int count) {
		for (int number = 0; number < count; number++) {
			live.apply(records, number * RECORD_SIZE);
		}
		next = records.getLong((count - 1) * RECORD_SIZE + AT_SEQUENCE) + 1;
	}

	/** How many events a finished piece has, as its header says; 1 to {@link TraceLayout#RECORDS_IN_CHUNK}. */
	static int count(ByteBuffer header) throws DamagedPieceException {
		int raw = header.getInt(TraceLayout.AT_PIECE_RAW);
		long first = header.getLong(TraceLayout.AT_PIECE_FIRST);
		long last = header.getLong(TraceLayout.AT_PIECE_LAST);
		int count = raw / RECORD_SIZE;
		if (raw < RECORD_SIZE || raw % RECORD_SIZE != 0 || count > RECORDS_IN_CHUNK || last - first != count - 1) {
			throw new DamagedPieceException("events " + first + " to " + last + " in " + raw + " bytes");
		}
		return count;
	}

	@Override
	public void close() {
		reader.close();
		checkpoints.close();
	}

	private void begin(int count) throws DamagedPieceException {
		Arrays.fill(lastArguments, 0);
		ByteSource tables = reader.columns[TABLES];
		offsetShift = tables.varint(Long.SIZE - 1);
		sizeShift = tables.varint(Integer.SIZE - 1);
		overhead = tables.varint(Integer.MAX_VALUE);
		int threadCount = 1 + tables.varint(count);
		if (threads.length < threadCount) {
			threads = new int[threadCount];
		}
		for (int index = 1; index < threadCount; index++) {
			threads[index] = (int) tables.varint();
		}
		shapes.read(tables, count);
		pairs.clear(shapes.count());
		int[] begins = new int[threadCount + 1];
		for (int number = 0; number < count; number++) {
			threadOf[number] = reader.columns[THREADS].varint(threadCount - 1);
			begins[threadOf[number] + 1]++;
		}
		int[] order = new int[count];
		for (int index = 0; index < threadCount; index++) {
			begins[index + 1] += begins[index];
		}
		for (int number = 0; number < count; number++) {
			order[begins[threadOf[number]]++] = number;
		}
		for (int number : order) {
			shapeOf[number] = reader.columns[SHAPES].varint(shapes.count() - 1);
		}
	}

	private void getShape(ByteBuffer records, int at, int shape) {
		records.putShort(at + AT_KIND, (short) shapes.get(shape, SHAPE_KIND));
		records.putShort(at + AT_FLAG, (short) shapes.get(shape, SHAPE_FLAG));
		records.putShort(at + AT_REASON, (short) shapes.get(shape, SHAPE_REASON));
		records.putInt(at + AT_STATUS, (int) shapes.get(shape, SHAPE_STATUS));
		records.putInt(at + AT_ENGINE, (int) shapes.get(shape, SHAPE_ENGINE));
		records.putInt(at + AT_STACK, (int) shapes.get(shape, SHAPE_STACK));
	}

	private void getBlock(ByteBuffer records, int number, int shape) throws DamagedPieceException {
		int at = number * RECORD_SIZE;
		int kind = Short.toUnsignedInt(records.getShort(at + AT_KIND));
		int form = (int) shapes.get(shape, SHAPE_FORM);
		long transfer = -1;
		switch (form) {
			case FORM_NONE -> putExtent(records, at, 0, 0, 0);
			case FORM_BLOCK, FORM_BLOCK_EMPTY -> {
				long age = reader.number(kind == EventKind.FREE.code() ? FREES : REFERENCES);
				int block = live.madeBy(records.getLong(at + AT_SEQUENCE) - age);
				if (block < 0) {
					throw new DamagedPieceException("event " + records.getLong(at + AT_SEQUENCE) + " is about a block that there is not");
				}
				transfer = live.transfer[block];
				if (threadOf[number] == THREAD_OF_BLOCK) {
					records.putInt(at + AT_THREAD, live.thread[block]);
					records.putInt(at + AT_ENGINE, live.engine[block]);
					records.putInt(at + AT_STACK, live.stack[block]);
				}
				putExtent(records, at, live.offset[block], form == FORM_BLOCK ? live.size[block] : 0, live.requested[block]);
			}
			case FORM_NEW -> {
				long offset = place(records, number);
				long pair = pair(shape);
				putExtent(records, at, offset, (int) pair, (int) (pair >>> Integer.SIZE));
			}
			case FORM_OTHER -> putExtent(records, at, reader.number(OTHERS), reader.unsigned(OTHERS), reader.unsigned(OTHERS));
			default -> throw new DamagedPieceException("events of form " + form);
		}
		long argument = BitColumn.unzigzag(reader.number(ARGUMENTS)) + SegmentEncoder.foretold(kind, transfer, lastArguments);
		records.putLong(at + AT_ARGUMENT, argument);
		if (kind < KINDS) {
			lastArguments[kind] = argument;
		}
	}

	private static void putExtent(ByteBuffer records, int at, long offset, int size, int requested) {
		records.putLong(at + AT_OFFSET, offset);
		records.putInt(at + AT_SIZE, size);
		records.putInt(at + AT_REQUESTED, requested);
	}

	private long place(ByteBuffer records, int number) throws DamagedPieceException {
		int token = reader.columns[PLACES].get();
		if (token == PLACE_OTHER) {
			return reader.number(OTHERS) << offsetShift;
		}
		boolean behind = token >= PLACE_BEHIND;
		long age = reader.bits.number(behind ? token - PLACE_BEHIND : token);
		if (age < 1 || age > number) {
			throw new DamagedPieceException("a block at a place that no event of its segment names");
		}
		int at = (number - (int) age) * RECORD_SIZE;
		return records.getLong(at + AT_OFFSET) + (behind ? records.getInt(at + AT_SIZE) : 0);
	}

	private long pair(int place) throws DamagedPieceException {
		int token = reader.columns[SIZES].get();
		if (token < SizePairs.KEPT) {
			return pairs.take(place, token);
		}
		if (token > SIZE_OTHER) {
			throw new DamagedPieceException("a size of kind " + token);
		}
		int requested = reader.unsigned(OTHERS);
		int size = token == SIZE_ROUNDED ? (int) SegmentEncoder.rounded(requested, overhead, sizeShift) : reader.unsigned(OTHERS);
		long pair = SizePairs.pair(requested, size);
		pairs.use(place, pair);
		return pair;
	}
}
