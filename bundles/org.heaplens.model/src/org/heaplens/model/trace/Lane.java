// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

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
import static org.heaplens.model.trace.TraceLayout.CHUNK_SIZE;
import static org.heaplens.model.trace.TraceLayout.KIND_EVENTS;
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
 * order of what happened.
 */
public final class Lane {
	private final TraceWriter writer;
	private final int heap;
	private @Nullable ByteBuffer chunk;
	private int position = CHUNK_SIZE;
	private long ordinal;
	private long sequence;
	private boolean ended;

	Lane(TraceWriter writer, HeapInfo heap) {
		this.writer = writer;
		this.heap = heap.id();
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
		if (ended) {
			return;
		}
		sequence++;
		if (position == CHUNK_SIZE) {
			chunk = writer.chunk(KIND_EVENTS, heap, ordinal++, sequence);
			position = PIECE_HEADER_SIZE;
		}
		ByteBuffer target = chunk;
		if (target == null) {
			writer.drop();
			position = CHUNK_SIZE;
			return;
		}
		int at = position;
		target.putLong(at + AT_TIME, writer.elapsedNanos());
		target.putLong(at + AT_OFFSET, offset);
		target.putLong(at + AT_ARGUMENT, argument);
		target.putInt(at + AT_SIZE, size);
		target.putInt(at + AT_REQUESTED, requested);
		target.putInt(at + AT_THREAD, thread);
		target.putInt(at + AT_STACK, stack);
		target.putInt(at + AT_ENGINE, engine);
		target.putInt(at + AT_STATUS, status);
		target.putShort(at + AT_KIND, (short) kind.code());
		target.putShort(at + AT_HEAP, (short) heap);
		target.putShort(at + AT_FLAG, (short) flag);
		target.putShort(at + AT_REASON, (short) reason.code());
		LONG.setRelease(target, at + AT_SEQUENCE, sequence);
		position = at + RECORD_SIZE;
	}

	/** Writes that the process ended in good order; what comes later is ignored. */
	public void end() {
		append(EventKind.PROCESS_ENDED, 0, 0, 0, 0, 0, 0, MisuseReason.NONE, 0, 0, 0);
		ended = true;
	}

	/** Events so far. */
	public long sequence() {
		return sequence;
	}
}
