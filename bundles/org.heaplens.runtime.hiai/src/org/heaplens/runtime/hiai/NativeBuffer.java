// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.runtime.HiaiBuffer;

/** A block of a native library, with the one who owns it. Small, as there may be many: the bytes are made when asked for. */
final class NativeBuffer extends HiaiBuffer {
	private static final VarHandle STATE;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(NativeBuffer.class, "state", byte.class);
		} catch (ReflectiveOperationException e) {
			throw new ExceptionInInitializerError(e);
		}
	}

	/** What has become of a block, as far as this program's Java code knows. */
	enum State {
		/** Its owner has it. */
		LIVE,
		/** Its owner has it, and may read it: the other side has a copy that it must not change under. */
		READABLE,
		/** A thread is sending it. */
		SENDING,
		/** It was given back. */
		FREED,
		/** It was sent, which gave it back. */
		SENT;

		private static final State[] ALL = values();
	}

	private static final BlockFlag[] FLAGS = BlockFlag.values();

	private final NativeDriver driver;
	private final long address;
	private final int size;
	private final byte flag;
	/** The number of a {@link State}; 0 without being written. */
	private volatile byte state;
	private volatile @Nullable ByteBuffer bytes;

	NativeBuffer(NativeDriver driver, long address, int size, BlockFlag flag) {
		this.driver = driver;
		this.address = address;
		this.size = size;
		this.flag = (byte) flag.ordinal();
	}

	@Override
	public ByteBuffer bytes() {
		State now = state();
		if (!isUsable()) {
			driver.usedAfterFree(this);
			throw new IllegalStateException("block of " + size + " bytes at 0x" + Long.toHexString(address) + " is used after "
					+ (now == State.SENT ? "it was sent, which freed it" : "it was freed"));
		}
		ByteBuffer memory = bytes;
		if (memory == null) {
			// Two threads that come here at once make two views of the same memory.
			memory = NativeCalls.bytes(address, size);
			bytes = memory;
		}
		return (now == State.READABLE ? memory.asReadOnlyBuffer() : memory.duplicate()).order(ByteOrder.nativeOrder());
	}

	@Override
	public long address() {
		return address;
	}

	@Override
	public int size() {
		return size;
	}

	@Override
	public void close() {
		driver.close(this);
	}

	@Override
	public String toString() {
		return flag() + " block of " + size + " bytes at 0x" + Long.toHexString(address) + ", " + state().name().toLowerCase(Locale.ROOT);
	}

	BlockFlag flag() {
		return FLAGS[flag];
	}

	boolean isOfDvpp() {
		return flag() == BlockFlag.DVPP;
	}

	State state() {
		return State.ALL[state];
	}

	/** Whether its owner still has it. */
	boolean isUsable() {
		State now = state();
		return now != State.FREED && now != State.SENT;
	}

	/** Goes from one state to another, unless another thread has been quicker. */
	boolean enter(State from, State to) {
		return STATE.compareAndSet(this, (byte) from.ordinal(), (byte) to.ordinal());
	}

	/** The state before, if the block was its owner's and now is given back; null if it was not his. */
	@Nullable
	State leave() {
		if (enter(State.LIVE, State.FREED)) {
			return State.LIVE;
		}
		if (enter(State.READABLE, State.FREED)) {
			return State.READABLE;
		}
		return enter(State.SENDING, State.FREED) ? State.SENDING : null;
	}
}
