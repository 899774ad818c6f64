// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.heaplens.model.trace.TraceLayout.AT_ARGUMENT;
import static org.heaplens.model.trace.TraceLayout.AT_ENGINE;
import static org.heaplens.model.trace.TraceLayout.AT_KIND;
import static org.heaplens.model.trace.TraceLayout.AT_OFFSET;
import static org.heaplens.model.trace.TraceLayout.AT_SEQUENCE;
import static org.heaplens.model.trace.TraceLayout.AT_SIZE;
import static org.heaplens.model.trace.TraceLayout.AT_THREAD;
import static org.heaplens.model.trace.TraceLayout.AT_TIME;
import static org.heaplens.model.trace.TraceLayout.CHUNK_SIZE;
import static org.heaplens.model.trace.TraceLayout.LONG;
import static org.heaplens.model.trace.TraceLayout.PIECE_HEADER_SIZE;
import static org.heaplens.model.trace.TraceLayout.RECORD_SIZE;

import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;

/**
 * Where the events of one heap are written. One thread at a time: the caller holds the heap's lock, so that the order of records is the
 * order of what happened. Writing allocates nothing and calls nothing of the system but the clock, except where a slot begins.
 */
public final class Lane {
	private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);
	private static final int FREE = EventKind.FREE.code();
	private static final int AUTO_FREE = EventKind.AUTO_FREE.code();
	private static final int SEND_BEGIN = EventKind.SEND_BEGIN.code();
	private static final int SEND_END = EventKind.SEND_END.code();
	private static final int MISUSE = EventKind.MISUSE.code();
	private static final int TIMEOUT = EventKind.TIMEOUT.code();

	private final TraceWriter writer;
	private final Slots slots;
	private final BlockTable table;
	private final LaneTotals totals = new LaneTotals();
	private final int heap;
	private final long capacity;
	private final long begunNanos;
	private @Nullable Slot slot;
	private ByteBuffer bytes = NO_BYTES;
	/** Of the next event; behind the last if there is no room in the slot, or no slot. */
	private int position = CHUNK_SIZE;
	private long ordinal;
	private long sequence;
	private boolean full;
	private boolean ended;

	Lane(TraceWriter writer, Slots slots, BlockTable table, HeapInfo heap, long begunNanos) {
		this.writer = writer;
		this.slots = slots;
		this.table = table;
		this.heap = heap.id();
		this.capacity = heap.capacity();
		this.begunNanos = begunNanos;
	}

	/**
	 * Writes an event, with the time and the next sequence number. Never fails: what cannot be written is counted as dropped.
	 *
	 * @param flag   code of the flag; 0 for none
	 * @param status the API's answer; 0 where there is none
	 * @param thread number from {@link TraceWriter#thread}; 0 for none
	 * @param stack  number from {@link TraceWriter#stack}; 0 for none
	 * @param engine number from {@link TraceWriter#engine}; 0 for none
	 * @see org.heaplens.model.HeapEvent
	 */
	public void append(EventKind kind, long offset, int size, int requested, long argument, int flag, int status, MisuseReason reason,
			int thread, int stack, int engine) {
		boolean makes = (kind == EventKind.ALLOCATE || kind == EventKind.RECEIVE) && size > 0 && offset >= 0 && offset <= capacity - size;
		if (position == CHUNK_SIZE && !nextSlot() || makes && !table.hasRoom()) {
			drop();
			return;
		}
		long number = ++sequence;
		int code = kind.code();
		int at = position;
		ByteBuffer target = bytes;
		long time = System.nanoTime() - begunNanos;
		target.putLong(at + AT_TIME, time);
		target.putLong(at + AT_OFFSET, offset);
		target.putLong(at + AT_ARGUMENT, argument);
		target.putLong(at + AT_SIZE, pair(size, requested));
		target.putLong(at + AT_THREAD, pair(thread, stack));
		target.putLong(at + AT_ENGINE, pair(engine, status));
		target.putLong(at + AT_KIND, pair(code | heap << Short.SIZE, flag & 0xFFFF | reason.code() << Short.SIZE));
		LONG.setRelease(target, at + AT_SEQUENCE, number);
		position = at + RECORD_SIZE;
		// The table follows the event: a reader applies the newest events to what it finds there.
		if (makes) {
			int replaced = table.add(number, time, offset, size, requested, thread, stack, engine, flag & 0xFFFF);
			totals.allocations++;
			totals.liveBytes += size - replaced;
			totals.peakBytes = Math.max(totals.peakBytes, totals.liveBytes);
		} else {
			follow(code, offset, size);
		}
	}

	private void follow(int code, long offset, int size) {
		if (code == FREE || code == AUTO_FREE) {
			int freed = table.remove(offset);
			if (freed > 0) {
				totals.liveBytes -= freed;
				totals.frees++;
				totals.autoFrees += code == AUTO_FREE ? 1 : 0;
			}
		} else if (code == SEND_BEGIN || code == SEND_END) {
			table.state(offset, LiveBlocks.stateAfter(code, size));
		} else if (code == MISUSE) {
			totals.misuses++;
		} else if (code == TIMEOUT) {
			totals.timeouts++;
		}
	}

	/** Two ints as they stand in the file, the first at the lower address. */
	static long pair(int first, int second) {
		return first & 0xFFFF_FFFFL | (long) second << Integer.SIZE;
	}

	/** Writes that the process ended in good order; what comes later is ignored. */
	public void end() {
		if (ended) {
			return;
		}
		append(EventKind.PROCESS_ENDED, 0, 0, 0, 0, 0, 0, MisuseReason.NONE, 0, 0, 0);
		ended = true;
		Slot last = slot;
		if (last != null) {
			last.fill((position - PIECE_HEADER_SIZE) / RECORD_SIZE);
			slots.last(last);
		}
		noSlot();
	}

	/** Events so far. */
	public long sequence() {
		return sequence;
	}

	/** False if there is none, now and for ever. */
	private boolean nextSlot() {
		if (full || ended) {
			return false;
		}
		Slot filled = slot;
		if (filled != null) {
			filled.fill(TraceLayout.RECORDS_IN_CHUNK);
		}
		Slot fresh = slots.next(filled, heap);
		if (fresh == null) {
			noSlot();
			full = true;
			return false;
		}
		totals.blocks = table.blocks();
		fresh.begin(heap, ordinal++, sequence + 1, totals);
		slot = fresh;
		bytes = fresh.bytes;
		position = PIECE_HEADER_SIZE;
		return true;
	}

	private void noSlot() {
		slot = null;
		bytes = NO_BYTES;
		position = CHUNK_SIZE;
	}

	private void drop() {
		if (ended) {
			return;
		}
		if (!full) {
			// There is no room for the block: what follows could not be understood without it.
			full = true;
			Slot last = slot;
			if (last != null) {
				last.fill((position - PIECE_HEADER_SIZE) / RECORD_SIZE);
				slots.last(last);
			}
			noSlot();
		}
		sequence++;
		writer.drop();
	}
}
