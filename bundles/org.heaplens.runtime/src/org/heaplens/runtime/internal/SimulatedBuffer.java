// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.nio.ByteBuffer;
import java.util.Locale;

import org.heaplens.model.BlockFlag;
import org.heaplens.runtime.HiaiBuffer;

/** A block of a simulated heap; its state belongs to its heap's lock. */
final class SimulatedBuffer extends HiaiBuffer {
	/** What has become of a block. */
	enum State {
		/** Its owner has it. */
		LIVE,
		/** A thread is sending it. */
		SENDING,
		/** Its owner gave it back while it was being sent; it goes when the transfer is over. */
		FREED_WHILE_SENDING,
		/** It was given back. */
		FREED,
		/** The framework gave it back after it was sent. */
		AUTO_FREED
	}

	private final SimulatedHeap heap;
	private final int handle;
	private final long offset;
	private final int extentSize;
	private final int size;
	private final BlockFlag flag;
	private final ByteBuffer bytes;
	private volatile State state = State.LIVE;
	private volatile int era;
	private volatile boolean fitForDvpp;

	SimulatedBuffer(SimulatedHeap heap, int handle, long offset, int extentSize, int size, BlockFlag flag, ByteBuffer bytes) {
		this.heap = heap;
		this.handle = handle;
		this.offset = offset;
		this.extentSize = extentSize;
		this.size = size;
		this.flag = flag;
		this.bytes = bytes;
	}

	@Override
	public ByteBuffer bytes() {
		if (state != State.LIVE && state != State.SENDING) {
			heap.usedAfterFree(this);
			throw new IllegalStateException("block of " + size + " bytes at 0x" + Long.toHexString(address()) + " is used after "
					+ (state == State.AUTO_FREED ? "it was sent, which freed it" : "it was freed"));
		}
		return bytes.duplicate().order(bytes.order());
	}

	@Override
	public long address() {
		return heap.info().baseAddress() + offset;
	}

	@Override
	public int size() {
		return size;
	}

	@Override
	public void close() {
		if (state == State.LIVE || state == State.SENDING) {
			heap.close(this);
		}
	}

	@Override
	public String toString() {
		return flag + " block of " + size + " bytes at 0x" + Long.toHexString(address()) + " on " + heap.info().name() + ", "
				+ state.name().toLowerCase(Locale.ROOT);
	}

	SimulatedHeap heap() {
		return heap;
	}

	int handle() {
		return handle;
	}

	long offset() {
		return offset;
	}

	int extentSize() {
		return extentSize;
	}

	BlockFlag flag() {
		return flag;
	}

	/** See {@link Pool#era()}. */
	int era() {
		return era;
	}

	/** Called before anybody else knows the block. */
	void madeIn(int eraOfPool) {
		era = eraOfPool;
	}

	/** Whether it came with a message to an engine that asked for memory for DVPP. */
	boolean isFitForDvpp() {
		return fitForDvpp;
	}

	/** Called before anybody else knows the block. */
	void fitForDvpp() {
		fitForDvpp = true;
	}

	State state() {
		return state;
	}

	void enter(State next) {
		state = next;
	}

	/** The memory, whatever the state: for the transfer, and to poison it. */
	ByteBuffer rawBytes() {
		return bytes.duplicate().order(bytes.order());
	}
}
