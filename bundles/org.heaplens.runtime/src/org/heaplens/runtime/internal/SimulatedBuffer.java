// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.internal.heap.Space;

/** A block of a simulated heap; its state belongs to its heap's lock. Small, as there may be many: the bytes are made when asked for. */
final class SimulatedBuffer extends HiaiBuffer implements Answer {
	private static final byte POISON = (byte) 0xDB;
	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(SimulatedBuffer.class, "state", byte.class);
		} catch (ReflectiveOperationException e) {
			throw new ExceptionInInitializerError(e);
		}
	}

	/** What has become of a block. */
	enum State {
		/** Its owner has it. */
		LIVE,
		/** A thread is sending it. */
		SENDING,
		/** Its owner gave it back while it was being sent; it goes when the transfer is over. */
		FREED_WHILE_SENDING,
		/** It was sent, and the framework gives it back when the program ends. */
		SENT,
		/** It was given back. */
		FREED,
		/** The framework gave it back after it was sent. */
		AUTO_FREED;

		private static final State[] ALL = values();

		/** Whether the caller may use it. */
		boolean isUsable() {
			return this == LIVE || this == SENDING;
		}
	}

	private static final BlockFlag[] FLAGS = BlockFlag.values();

	// As few and as small fields as can be: a program with many blocks waits for them to come from memory.
	private final SimulatedHeap heap;
	private final int handle;
	/** In quanta of a space. */
	private final int place;
	private final int size;
	private final byte flag;
	/** The number of a {@link State}: 0 without being written, and written without the barrier of a volatile field, which would cost time. */
	private volatile byte state;
	private boolean arrivedOnce;
	private boolean fitForDvpp;
	private int era;
	private volatile @Nullable ByteBuffer bytes;

	SimulatedBuffer(SimulatedHeap heap, int handle, long offset, int size, BlockFlag flag) {
		this.heap = heap;
		this.handle = handle;
		this.place = (int) (offset / Space.QUANTUM);
		this.size = size;
		this.flag = (byte) flag.ordinal();
	}

	@Override
	public ByteBuffer bytes() {
		State now = state();
		if (!now.isUsable()) {
			heap.usedAfterFree(this);
			throw new IllegalStateException("block of " + size + " bytes at 0x" + Long.toHexString(address()) + " is used after "
					+ (now == State.AUTO_FREED || now == State.SENT ? "it was sent, which freed it" : "it was freed"));
		}
		return rawBytes();
	}

	@Override
	public long address() {
		return heap.info().baseAddress() + offset();
	}

	@Override
	public int size() {
		return size;
	}

	@Override
	public void close() {
		if (state().isUsable()) {
			heap.close(this);
		}
	}

	@Override
	public HiaiStatus status() {
		return HiaiStatus.OK;
	}

	/** What it is and where. */
	String name() {
		return flag() + " block of " + size + " bytes at 0x" + Long.toHexString(address()) + " on " + heap.info().name();
	}

	@Override
	public String toString() {
		return name() + ", " + state().name().toLowerCase(Locale.ROOT);
	}

	SimulatedHeap heap() {
		return heap;
	}

	int handle() {
		return handle;
	}

	long offset() {
		return (long) place * Space.QUANTUM;
	}

	int extentSize() {
		return heap.extentSize(this);
	}

	BlockFlag flag() {
		return FLAGS[flag];
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

	/** Whether it has reached the other side before. */
	boolean hasArrivedOnce() {
		return arrivedOnce;
	}

	/** With the heap's lock. */
	void arrived() {
		arrivedOnce = true;
	}

	State state() {
		return State.ALL[state];
	}

	/** With the heap's lock. */
	void enter(State next) {
		STATE.setRelease(this, (byte) next.ordinal());
	}

	/** The memory, whatever the state: for the transfer, and to poison it. */
	ByteBuffer rawBytes() {
		ByteBuffer memory = bytes;
		if (memory == null) {
			memory = make();
		}
		return memory.duplicate().order(memory.order());
	}

	/** Overwrites it: what is read from a block that was sent away should look like nothing that was ever in it. */
	void poison() {
		ByteBuffer target = rawBytes();
		byte[] line = new byte[4096];
		Arrays.fill(line, POISON);
		while (target.hasRemaining()) {
			target.put(line, 0, Math.min(line.length, target.remaining()));
		}
	}

	/** Two threads have to get the same memory. */
	private synchronized ByteBuffer make() {
		ByteBuffer memory = bytes;
		if (memory == null) {
			memory = heap.bytes(this);
			bytes = memory;
		}
		return memory;
	}
}
