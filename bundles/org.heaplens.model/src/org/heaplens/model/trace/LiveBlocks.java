// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.heaplens.model.EventKind;

/**
 * The live blocks of one heap, and what was counted until now, brought forward event by event. An event that does not fit what came
 * before changes nothing. A block that is made where one begins takes its place. One thread.
 */
final class LiveBlocks {
	/** More are not kept, so that no file asks for more memory than some 600 MiB. */
	static final int LIMIT = 1 << 22;

	private static final int ALLOCATE = EventKind.ALLOCATE.code();
	private static final int FREE = EventKind.FREE.code();
	private static final int AUTO_FREE = EventKind.AUTO_FREE.code();
	private static final int SEND_BEGIN = EventKind.SEND_BEGIN.code();
	private static final int SEND_END = EventKind.SEND_END.code();
	private static final int RECEIVE = EventKind.RECEIVE.code();
	private static final int TIMEOUT = EventKind.TIMEOUT.code();
	private static final int MISUSE = EventKind.MISUSE.code();

	private final long capacity;
	private final LongMap byOffset = new LongMap();
	private final LongMap bySequence = new LongMap();
	private final boolean findBySequence;
	private int[] unused = new int[0];
	private int unusedCount;
	private boolean incomplete;

	long[] sequence = new long[0];
	long[] time = new long[0];
	long[] offset = new long[0];
	/** Of the transfer that the block is or was last in. */
	long[] transfer = new long[0];
	int[] size = new int[0];
	int[] requested = new int[0];
	int[] thread = new int[0];
	int[] stack = new int[0];
	int[] engine = new int[0];
	int[] state = new int[0];
	int[] flag = new int[0];

	long liveBytes;
	long peakBytes;
	long allocations;
	long frees;
	long autoFrees;
	long misuses;
	long timeouts;

	/** @param capacity of the heap, in bytes: a block beyond it is none */
	LiveBlocks(long capacity) {
		this(capacity, true);
	}

	/** @param findBySequence whether {@link #madeBy} is needed, which takes memory */
	LiveBlocks(long capacity, boolean findBySequence) {
		this.capacity = capacity;
		this.findBySequence = findBySequence;
	}

	int count() {
		return byOffset.size();
	}

	/** Whether there were more blocks than {@link #LIMIT}, so that some are not known. */
	boolean incomplete() {
		return incomplete;
	}

	/** The block that begins there, or -1. */
	int at(long blockOffset) {
		return blockOffset < 0 ? -1 : (int) byOffset.get(blockOffset);
	}

	/** The block that was made by that event, or -1. */
	int madeBy(long eventSequence) {
		return eventSequence < 1 ? -1 : (int) bySequence.get(eventSequence);
	}

	/** The numbers of all blocks, in no order. */
	int[] indexes() {
		int[] result = new int[count()];
		int next = 0;
		for (int index = 0; index < sequence.length; index++) {
			if (sequence[index] != 0) {
				result[next++] = index;
			}
		}
		return result;
	}

	/** Forgets all blocks and counts. */
	void clear() {
		byOffset.clear();
		bySequence.clear();
		Arrays.fill(sequence, 0);
		unusedCount = 0;
		for (int index = sequence.length - 1; index >= 0; index--) {
			unused[unusedCount++] = index;
		}
		incomplete = false;
		liveBytes = 0;
		peakBytes = 0;
		allocations = 0;
		frees = 0;
		autoFrees = 0;
		misuses = 0;
		timeouts = 0;
	}

	/** Writes what was counted into the header of a piece. */
	void writeTotals(ByteBuffer header) {
		header.putLong(TraceLayout.AT_TOTAL_LIVE, liveBytes);
		header.putLong(TraceLayout.AT_TOTAL_BLOCKS, count());
		header.putLong(TraceLayout.AT_TOTAL_PEAK, peakBytes);
		header.putLong(TraceLayout.AT_TOTAL_ALLOCATIONS, allocations);
		header.putLong(TraceLayout.AT_TOTAL_FREES, frees);
		header.putLong(TraceLayout.AT_TOTAL_AUTO_FREES, autoFrees);
		header.putLong(TraceLayout.AT_TOTAL_MISUSES, misuses);
		header.putLong(TraceLayout.AT_TOTAL_TIMEOUTS, timeouts);
	}

	/** Takes over what was counted from the header of a checkpoint whose blocks are here. */
	void readTotals(ByteBuffer header) throws DamagedPieceException {
		if (header.getLong(TraceLayout.AT_TOTAL_LIVE) != liveBytes || header.getLong(TraceLayout.AT_TOTAL_BLOCKS) != count()) {
			throw new DamagedPieceException("a checkpoint does not have the blocks that its header counts");
		}
		peakBytes = header.getLong(TraceLayout.AT_TOTAL_PEAK);
		allocations = header.getLong(TraceLayout.AT_TOTAL_ALLOCATIONS);
		frees = header.getLong(TraceLayout.AT_TOTAL_FREES);
		autoFrees = header.getLong(TraceLayout.AT_TOTAL_AUTO_FREES);
		misuses = header.getLong(TraceLayout.AT_TOTAL_MISUSES);
		timeouts = header.getLong(TraceLayout.AT_TOTAL_TIMEOUTS);
	}

	/** Brings the heap forward by a raw event. */
	void apply(ByteBuffer records, int at) {
		int kind = Short.toUnsignedInt(records.getShort(at + TraceLayout.AT_KIND));
		if (kind == ALLOCATE || kind == RECEIVE) {
			if (fits(records.getLong(at + TraceLayout.AT_OFFSET), records.getInt(at + TraceLayout.AT_SIZE))) {
				make(records, at);
			}
		} else if (kind == FREE || kind == AUTO_FREE) {
			int index = at(records.getLong(at + TraceLayout.AT_OFFSET));
			if (index >= 0) {
				remove(index);
				frees++;
				autoFrees += kind == AUTO_FREE ? 1 : 0;
			}
		} else if (kind == SEND_BEGIN || kind == SEND_END) {
			int index = at(records.getLong(at + TraceLayout.AT_OFFSET));
			if (index >= 0) {
				state[index] = stateAfter(kind, records.getInt(at + TraceLayout.AT_SIZE));
				transfer[index] = records.getLong(at + TraceLayout.AT_ARGUMENT);
			}
		} else if (kind == MISUSE) {
			misuses++;
		} else if (kind == TIMEOUT) {
			timeouts++;
		}
	}

	/** A transfer that failed leaves the block with its owner. */
	static int stateAfter(int kind, int eventSize) {
		return kind == SEND_BEGIN ? TraceLayout.STATE_SENDING : eventSize == 0 ? TraceLayout.STATE_LIVE : TraceLayout.STATE_SENT;
	}

	boolean fits(long blockOffset, int blockSize) {
		return blockSize > 0 && blockOffset >= 0 && blockOffset <= capacity - blockSize;
	}

	/** Adds a block whose fields the caller sets; -1 if there is no room for more. What began there is gone. */
	int add(long blockSequence, long blockOffset, int blockSize) {
		int old = (int) byOffset.get(blockOffset);
		if (old >= 0) {
			remove(old);
		}
		if (count() >= LIMIT) {
			incomplete = true;
			return -1;
		}
		int index = take();
		byOffset.put(blockOffset, index);
		if (findBySequence) {
			bySequence.put(blockSequence, index);
		}
		sequence[index] = blockSequence;
		offset[index] = blockOffset;
		size[index] = blockSize;
		liveBytes += blockSize;
		return index;
	}

	private void make(ByteBuffer records, int at) {
		int index = add(records.getLong(at + TraceLayout.AT_SEQUENCE), records.getLong(at + TraceLayout.AT_OFFSET),
				records.getInt(at + TraceLayout.AT_SIZE));
		allocations++;
		peakBytes = Math.max(peakBytes, liveBytes);
		if (index < 0) {
			return;
		}
		time[index] = records.getLong(at + TraceLayout.AT_TIME);
		requested[index] = records.getInt(at + TraceLayout.AT_REQUESTED);
		thread[index] = records.getInt(at + TraceLayout.AT_THREAD);
		stack[index] = records.getInt(at + TraceLayout.AT_STACK);
		engine[index] = records.getInt(at + TraceLayout.AT_ENGINE);
		flag[index] = Short.toUnsignedInt(records.getShort(at + TraceLayout.AT_FLAG));
		state[index] = TraceLayout.STATE_LIVE;
		transfer[index] = records.getLong(at + TraceLayout.AT_ARGUMENT);
	}

	private void remove(int index) {
		byOffset.remove(offset[index]);
		bySequence.remove(sequence[index]);
		liveBytes -= size[index];
		sequence[index] = 0;
		unused[unusedCount++] = index;
	}

	private int take() {
		if (unusedCount == 0) {
			int old = sequence.length;
			resize(Math.max(64, 2 * old));
			for (int index = sequence.length - 1; index >= old; index--) {
				unused[unusedCount++] = index;
			}
		}
		return unused[--unusedCount];
	}

	private void resize(int length) {
		sequence = Arrays.copyOf(sequence, length);
		time = Arrays.copyOf(time, length);
		offset = Arrays.copyOf(offset, length);
		transfer = Arrays.copyOf(transfer, length);
		size = Arrays.copyOf(size, length);
		requested = Arrays.copyOf(requested, length);
		thread = Arrays.copyOf(thread, length);
		stack = Arrays.copyOf(stack, length);
		engine = Arrays.copyOf(engine, length);
		state = Arrays.copyOf(state, length);
		flag = Arrays.copyOf(flag, length);
		unused = Arrays.copyOf(unused, length);
	}
}
