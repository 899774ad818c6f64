// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The live blocks of one heap in the file, for readers that come late, and of what they are known by while they live. Changes follow the
 * events, in single words, so that a reader at any moment finds each block whole or not at all. The heap's lock guards it.
 */
final class BlockTable {
	/** An entry's number is its chunk's, shifted by this, and its place in the chunk. */
	private static final int CHUNK_SHIFT = 12;
	private static final int IN_CHUNK = (1 << CHUNK_SHIFT) - 1;
	private static final ByteBuffer[] NONE = new ByteBuffer[0];

	private final PieceStore store;
	private final int heap;
	/** Number of the entry, and size: what is freed need not be read where it stands, for that would wait for memory. */
	private final LongMap byOffset = new LongMap();
	private ByteBuffer[] chunks = NONE;
	/** Entries that are free; the last one freed is used next, for it is in the cache. */
	private int[] free = new int[0];
	private int freeCount;

	BlockTable(PieceStore store, int heap) {
		this.store = store;
		this.heap = heap;
	}

	int blocks() {
		return byOffset.size();
	}

	/** Sees to it that a block can be added; false if there is no room in the file. */
	boolean hasRoom() {
		return freeCount > 0 || grow();
	}

	/** Adds a block for which there is room; returns the size of the one that began there before, or 0. */
	int add(long sequence, long time, long offset, int size, int requested, int thread, int stack, int engine, int flag) {
		int entry = free[--freeCount];
		long old = byOffset.put(offset, (long) entry << Integer.SIZE | size);
		int oldSize = old < 0 ? 0 : release(old);
		ByteBuffer chunk = chunks[entry >>> CHUNK_SHIFT];
		int at = at(entry);
		// The entry was free before its fields change: a reader compares its sequence again after them.
		VarHandle.storeStoreFence();
		chunk.putLong(at + TraceLayout.AT_BLOCK_OFFSET, offset);
		chunk.putLong(at + TraceLayout.AT_BLOCK_TIME, time);
		chunk.putLong(at + TraceLayout.AT_BLOCK_SIZE, Lane.pair(size, requested));
		chunk.putLong(at + TraceLayout.AT_BLOCK_THREAD, Lane.pair(thread, stack));
		chunk.putLong(at + TraceLayout.AT_BLOCK_ENGINE, Lane.pair(engine, TraceLayout.STATE_LIVE));
		chunk.putLong(at + TraceLayout.AT_BLOCK_FLAG, flag);
		TraceLayout.LONG.setRelease(chunk, at + TraceLayout.AT_BLOCK_SEQUENCE, sequence);
		return oldSize;
	}

	/** Removes the block that begins there; returns its size, or 0 if there is none. */
	int remove(long offset) {
		long known = offset < 0 ? -1 : byOffset.remove(offset);
		return known < 0 ? 0 : release(known);
	}

	void state(long offset, int state) {
		long known = offset < 0 ? -1 : byOffset.get(offset);
		if (known >= 0) {
			int entry = (int) (known >>> Integer.SIZE);
			TraceLayout.INT.setRelease(chunks[entry >>> CHUNK_SHIFT], at(entry) + TraceLayout.AT_BLOCK_STATE, state);
		}
	}

	private int release(long known) {
		int entry = (int) (known >>> Integer.SIZE);
		TraceLayout.LONG.setRelease(chunks[entry >>> CHUNK_SHIFT], at(entry) + TraceLayout.AT_BLOCK_SEQUENCE, 0L);
		free[freeCount++] = entry;
		return (int) known;
	}

	private static int at(int entry) {
		return TraceLayout.PIECE_HEADER_SIZE + (entry & IN_CHUNK) * TraceLayout.RECORD_SIZE;
	}

	private boolean grow() {
		@Nullable
		ByteBuffer chunk = store.chunk(TraceLayout.KIND_TABLE, heap, chunks.length);
		if (chunk == null) {
			return false;
		}
		chunks = Arrays.copyOf(chunks, chunks.length + 1);
		chunks[chunks.length - 1] = chunk;
		free = Arrays.copyOf(free, chunks.length * TraceLayout.RECORDS_IN_CHUNK);
		for (int place = TraceLayout.RECORDS_IN_CHUNK - 1; place >= 0; place--) {
			free[freeCount++] = chunks.length - 1 << CHUNK_SHIFT | place;
		}
		return true;
	}
}
