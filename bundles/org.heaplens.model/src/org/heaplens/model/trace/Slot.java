// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** A chunk for events. One thread at a time; a {@link SlotPool} hands it on. */
final class Slot {
	private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(TraceLayout.CHUNK_SIZE).asReadOnlyBuffer();

	final ByteBuffer bytes;
	/** Whose events are in it. */
	private int heap = -1;
	private long first;
	/** Events in it once it is full, or its lane has ended; not set before. */
	private int count;

	Slot(ByteBuffer bytes) {
		this.bytes = bytes;
	}

	int heap() {
		return heap;
	}

	long first() {
		return first;
	}

	int count() {
		return count;
	}

	void fill(int events) {
		count = events;
	}

	/** Makes it the next slot of a lane. The caller has seen to it that no record in it can be taken for one that is to come. */
	void begin(int ofHeap, long ordinal, long firstSequence, LaneTotals totals) {
		long generation = changeBegins();
		heap = ofHeap;
		first = firstSequence;
		count = 0;
		bytes.putInt(TraceLayout.AT_PIECE_KIND, TraceLayout.KIND_EVENTS);
		bytes.putInt(TraceLayout.AT_PIECE_HEAP, ofHeap);
		bytes.putLong(TraceLayout.AT_PIECE_ORDINAL, ordinal);
		bytes.putLong(TraceLayout.AT_PIECE_FIRST, firstSequence);
		totals.write(bytes);
		changeEnds(generation);
	}

	/** Forgets its events. */
	void clear() {
		long generation = changeBegins();
		bytes.putInt(TraceLayout.AT_PIECE_KIND, TraceLayout.KIND_UNUSED);
		eraseRecords();
		changeEnds(generation);
	}

	/** Forgets the events of another heap, whose sequence numbers could be those of events to come. */
	void eraseRecords() {
		int length = TraceLayout.CHUNK_SIZE - TraceLayout.PIECE_HEADER_SIZE;
		bytes.put(TraceLayout.PIECE_HEADER_SIZE, ZEROS, 0, length);
	}

	/** From now on readers pass it over. */
	private long changeBegins() {
		long generation = bytes.getLong(TraceLayout.AT_PIECE_GENERATION) + 1;
		TraceLayout.LONG.setRelease(bytes, TraceLayout.AT_PIECE_GENERATION, generation);
		VarHandle.storeStoreFence();
		return generation;
	}

	private void changeEnds(long generation) {
		TraceLayout.LONG.setRelease(bytes, TraceLayout.AT_PIECE_GENERATION, generation + 1);
	}
}
