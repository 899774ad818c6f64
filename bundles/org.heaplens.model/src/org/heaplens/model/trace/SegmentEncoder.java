// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.heaplens.model.trace.TraceLayout.AT_ARGUMENT;
import static org.heaplens.model.trace.TraceLayout.AT_ENGINE;
import static org.heaplens.model.trace.TraceLayout.AT_FLAG;
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
 * Makes columns of events: of what repeats a number in a table, of a block that is known how long ago it was made, of time what it
 * differs by. The live blocks are carried along, as {@link SegmentDecoder} does; both have to see all events in their order. The columns
 * are described in {@code docs/trace-format.md}. One thread.
 */
final class SegmentEncoder implements AutoCloseable {
	static final int TABLES = 0;
	static final int THREADS = 1;
	static final int SHAPES = 2;
	static final int TIMES = 3;
	static final int FREES = 4;
	static final int REFERENCES = 5;
	static final int PLACES = 6;
	static final int SIZES = 7;
	static final int ARGUMENTS = 8;
	static final int OTHERS = 9;
	static final int COLUMNS = 10;

	/** An event that concerns no block: offset, size and requested are 0. */
	static final int FORM_NONE = 0;
	/** Offset, size and requested of a live block. */
	static final int FORM_BLOCK = 1;
	/** Offset and requested of a live block, size 0. */
	static final int FORM_BLOCK_EMPTY = 2;
	/** A new block. */
	static final int FORM_NEW = 3;
	/** Offset, size and requested in full. */
	static final int FORM_OTHER = 4;

	/** In the column of threads: thread, engine and stack are those of the event that made the block. Threads are counted from 1. */
	static final int THREAD_OF_BLOCK = 0;
	static final int PLACE_OTHER = 0;
	/** Plus a width: where the block of an earlier event of the segment ends. */
	static final int PLACE_BEHIND = 32;
	static final int SIZE_ROUNDED = SizePairs.KEPT;
	static final int SIZE_OTHER = SizePairs.KEPT + 1;
	/** Kinds whose arguments are foretold; others are written in full. */
	static final int KINDS = 16;

	/** Columns of the table of shapes. */
	static final int SHAPE_KIND = 0;
	static final int SHAPE_FORM = 1;
	static final int SHAPE_FLAG = 2;
	static final int SHAPE_REASON = 3;
	static final int SHAPE_STATUS = 4;
	static final int SHAPE_ENGINE = 5;
	static final int SHAPE_STACK = 6;
	static final int SHAPE_WIDTH = 7;

	private LiveBlocks live = new LiveBlocks(0);
	private final ColumnsWriter writer = new ColumnsWriter(COLUMNS);
	private final RowTable shapes = new RowTable(SHAPE_WIDTH);
	private final SizePairs pairs = new SizePairs();
	private final LongMap threads = new LongMap();
	private final ByteColumn threadNumbers = new ByteColumn();
	/** Where blocks were freed, and where new ones end: offsets, and the event of this segment that did. */
	private final LongMap freed = new LongMap();
	private final LongMap ends = new LongMap();
	private final long[] lastArguments = new long[KINDS];
	private final int[] threadOf = new int[RECORDS_IN_CHUNK];
	private final int[] shapeOf = new int[RECORDS_IN_CHUNK];
	private final long[] shape = new long[SHAPE_WIDTH];
	private int offsetShift;
	private int sizeShift;
	private int overhead;

	/**
	 * Packs events of one heap, at most as many as a chunk has, which follow those of the call before; {@link #packedLength} bytes of
	 * the array are the result.
	 *
	 * @param heap    as it is before these events; it is brought forward
	 * @param summary told of each event
	 * @param records raw events, the first at {@code from}
	 */
	byte[] encode(LiveBlocks heap, SegmentSummary summary, ByteBuffer records, int from, int count) {
		live = heap;
		begin(records, from, count);
		long time = records.getLong(from + AT_TIME);
		for (int number = 0; number < count; number++) {
			int at = from + number * RECORD_SIZE;
			writer.putNumber(TIMES, records.getLong(at + AT_TIME) - time);
			time = records.getLong(at + AT_TIME);
			putBlock(records, at, number);
			live.apply(records, at);
			summary.add(records, at);
		}
		writeTables(count);
		writer.pack();
		return writer.packed();
	}

	int packedLength() {
		return writer.packedLength();
	}

	@Override
	public void close() {
		writer.close();
	}

	/** What all offsets are multiples of, and how whole sizes follow from requested ones. */
	private void begin(ByteBuffer records, int from, int count) {
		writer.clear();
		threads.clear();
		threadNumbers.clear();
		shapes.clear();
		pairs.clear(count);
		freed.clear();
		ends.clear();
		Arrays.fill(lastArguments, 0);
		long offsets = 0;
		int sizes = 0;
		long least = Integer.MAX_VALUE;
		for (int at = from; at < from + count * RECORD_SIZE; at += RECORD_SIZE) {
			if (isNew(records, at)) {
				offsets |= records.getLong(at + AT_OFFSET);
				sizes |= records.getInt(at + AT_SIZE);
				least = Math.min(least, records.getInt(at + AT_SIZE) - Integer.toUnsignedLong(records.getInt(at + AT_REQUESTED)));
			}
		}
		offsetShift = offsets == 0 ? 0 : Long.numberOfTrailingZeros(offsets);
		sizeShift = sizes == 0 ? 0 : Integer.numberOfTrailingZeros(sizes);
		overhead = (int) Math.max(0, least);
	}

	private int thread(int thread) {
		long key = Integer.toUnsignedLong(thread);
		int known = (int) threads.get(key);
		if (known < 0) {
			known = threads.size();
			threads.put(key, known);
			threadNumbers.putVarint(key);
		}
		return known + 1;
	}

	/** Finds thread and shape, and writes what the event says of a block, and its argument. */
	private void putBlock(ByteBuffer records, int at, int number) {
		int kind = kind(records, at);
		boolean isNew = isNew(records, at);
		int block = isNew ? -1 : live.at(records.getLong(at + AT_OFFSET));
		int form = isNew ? FORM_NEW : form(records, at, block);
		shape[SHAPE_KIND] = kind;
		shape[SHAPE_FORM] = form;
		shape[SHAPE_FLAG] = Short.toUnsignedInt(records.getShort(at + AT_FLAG));
		shape[SHAPE_REASON] = Short.toUnsignedInt(records.getShort(at + AT_REASON));
		shape[SHAPE_STATUS] = Integer.toUnsignedLong(records.getInt(at + AT_STATUS));
		boolean known = form == FORM_BLOCK || form == FORM_BLOCK_EMPTY;
		boolean byBlock = known && isByMaker(records, at, block);
		shape[SHAPE_ENGINE] = byBlock ? 0 : Integer.toUnsignedLong(records.getInt(at + AT_ENGINE));
		shape[SHAPE_STACK] = byBlock ? 0 : Integer.toUnsignedLong(records.getInt(at + AT_STACK));
		int result = shapes.number(shape);
		shapeOf[number] = result;
		threadOf[number] = byBlock ? THREAD_OF_BLOCK : thread(records.getInt(at + AT_THREAD));
		if (known) {
			long age = records.getLong(at + AT_SEQUENCE) - live.sequence[block];
			writer.putNumber(kind == EventKind.FREE.code() ? FREES : REFERENCES, age);
		} else if (form == FORM_NEW) {
			putPlace(records, at, number);
			putSize(records, at, result);
		} else if (form == FORM_OTHER) {
			writer.putNumber(OTHERS, records.getLong(at + AT_OFFSET));
			writer.putNumber(OTHERS, Integer.toUnsignedLong(records.getInt(at + AT_SIZE)));
			writer.putNumber(OTHERS, Integer.toUnsignedLong(records.getInt(at + AT_REQUESTED)));
		}
		putArgument(kind, records.getLong(at + AT_ARGUMENT), known ? live.transfer[block] : -1);
		if (known && (kind == EventKind.FREE.code() || kind == EventKind.AUTO_FREE.code())) {
			freed.put(records.getLong(at + AT_OFFSET), number);
		}
	}

	/** Not every driver says who frees and sends: then the event has what is known of the block. */
	private boolean isByMaker(ByteBuffer records, int at, int block) {
		return records.getInt(at + AT_THREAD) == live.thread[block] && records.getInt(at + AT_ENGINE) == live.engine[block]
				&& records.getInt(at + AT_STACK) == live.stack[block];
	}

	private int form(ByteBuffer records, int at, int block) {
		int size = records.getInt(at + AT_SIZE);
		int requested = records.getInt(at + AT_REQUESTED);
		if (block >= 0 && requested == live.requested[block]) {
			if (size == live.size[block]) {
				return FORM_BLOCK;
			}
			if (size == 0) {
				return FORM_BLOCK_EMPTY;
			}
		}
		return records.getLong(at + AT_OFFSET) == 0 && size == 0 && requested == 0 ? FORM_NONE : FORM_OTHER;
	}

	/** A hole begins where a block was freed, or behind one that was made; both were mostly not long ago. */
	private void putPlace(ByteBuffer records, int at, int number) {
		long offset = records.getLong(at + AT_OFFSET);
		int hole = (int) freed.get(offset);
		int behind = (int) ends.get(offset);
		if (hole < 0 && behind < 0) {
			writer.columns[PLACES].put(PLACE_OTHER);
			writer.putNumber(OTHERS, offset >>> offsetShift);
		} else if (hole > behind) {
			writer.putNumber(PLACES, number - hole);
		} else {
			writer.columns[PLACES].put(PLACE_BEHIND + writer.bits.putNumber(number - behind));
		}
		ends.put(offset + records.getInt(at + AT_SIZE), number);
	}

	private void putSize(ByteBuffer records, int at, int place) {
		int size = records.getInt(at + AT_SIZE);
		int requested = records.getInt(at + AT_REQUESTED);
		int known = pairs.use(place, SizePairs.pair(requested, size));
		if (known < SizePairs.KEPT) {
			writer.columns[SIZES].put(known);
			return;
		}
		boolean rounded = rounded(requested, overhead, sizeShift) == size;
		writer.columns[SIZES].put(rounded ? SIZE_ROUNDED : SIZE_OTHER);
		writer.putNumber(OTHERS, Integer.toUnsignedLong(requested));
		if (!rounded) {
			writer.putNumber(OTHERS, Integer.toUnsignedLong(size));
		}
	}

	static long rounded(int requested, int overhead, int shift) {
		return Integer.toUnsignedLong(requested) + overhead + (1L << shift) - 1 >>> shift << shift;
	}

	private void putArgument(int kind, long argument, long transfer) {
		writer.putNumber(ARGUMENTS, BitColumn.zigzag(argument - foretold(kind, transfer, lastArguments)));
		if (kind < KINDS) {
			lastArguments[kind] = argument;
		}
	}

	/** @param transfer that the event's block is or was last in, or -1 */
	static long foretold(int kind, long transfer, long[] lastArguments) {
		if (kind == EventKind.SEND_END.code() || kind == EventKind.AUTO_FREE.code()) {
			return transfer;
		}
		boolean counts = kind == EventKind.SEND_BEGIN.code() || kind == EventKind.RECEIVE.code();
		return kind < KINDS ? lastArguments[kind] + (counts ? 1 : 0) : 0;
	}

	/** The shapes stand thread by thread: a thread that does the same again and again shows only then. */
	private void writeTables(int count) {
		ByteColumn tables = writer.columns[TABLES];
		tables.put(offsetShift);
		tables.put(sizeShift);
		tables.putVarint(overhead);
		tables.putVarint(threads.size());
		tables.put(threadNumbers);
		int[] places = shapes.write(tables);
		for (int number = 0; number < count; number++) {
			writer.columns[THREADS].putVarint(threadOf[number]);
		}
		int[] order = new int[count];
		long[] keys = new long[count];
		for (int number = 0; number < count; number++) {
			order[number] = number;
			keys[number] = threadOf[number];
		}
		IndexSort.sort(order, keys);
		for (int number : order) {
			writer.columns[SHAPES].putVarint(places[shapeOf[number]]);
		}
	}

	private boolean isNew(ByteBuffer records, int at) {
		int kind = kind(records, at);
		return (kind == EventKind.ALLOCATE.code() || kind == EventKind.RECEIVE.code())
				&& live.fits(records.getLong(at + AT_OFFSET), records.getInt(at + AT_SIZE));
	}

	private static int kind(ByteBuffer records, int at) {
		return Short.toUnsignedInt(records.getShort(at + AT_KIND));
	}
}
