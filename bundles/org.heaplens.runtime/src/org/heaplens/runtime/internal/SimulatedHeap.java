// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.trace.Lane;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.HeapDriver.Caller;
import org.heaplens.runtime.HeapDriver.Observer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.internal.heap.HeapBytes;
import org.heaplens.runtime.internal.heap.Tlsf;

/**
 * A heap of one side. Threads share it: whatever changes it, and the event that says so, happens under one lock, so that the order of
 * events is the order of changes.
 */
final class SimulatedHeap {
	/** What the model manager adds to each block on the device; 256 MiB are the whole block there. */
	static final int DEVICE_OVERHEAD = 96;
	/** The largest request on the host; on the device {@link #DEVICE_OVERHEAD} less. */
	static final int LARGEST = 256 << 20;
	private static final int HOST_ALIGNMENT = 64;
	private static final int DEVICE_ALIGNMENT = 128;
	private static final byte POISON = (byte) 0xDB;

	private final HeapInfo info;
	private final Recorder recorder;
	private final @Nullable Lane lane;
	private final ReentrantLock lock = new ReentrantLock();
	private final Deque<Waiter> waiters = new ArrayDeque<>();
	private final Tlsf space;
	private final HeapBytes bytes;

	/** A request that waits for room; the heap's lock guards it. */
	private static final class Waiter {
		private final Condition turn;

		Waiter(Condition turn) {
			this.turn = turn;
		}
	}

	SimulatedHeap(HeapInfo info, Recorder recorder) {
		this.info = info;
		this.recorder = recorder;
		this.lane = recorder.lane(info);
		this.space = new Tlsf(info.capacity());
		this.bytes = new HeapBytes(info.capacity());
	}

	HeapInfo info() {
		return info;
	}

	/**
	 * A block for a caller.
	 *
	 * @param timeOutMillis how long to wait for room; 0 or less not at all
	 */
	Allocation allocate(int size, int timeOutMillis, BlockFlag flag) {
		return allocate(EventKind.ALLOCATE, size, timeOutMillis, flag, 0);
	}

	/** A block for a message that arrives. */
	Allocation receive(int size, int timeOutMillis, long transfer) {
		return allocate(EventKind.RECEIVE, size, timeOutMillis, BlockFlag.RECEIVED, transfer);
	}

	private Allocation allocate(EventKind kind, int size, int timeOutMillis, BlockFlag flag, long transfer) {
		var call = new Call(recorder);
		lock.lock();
		try {
			int largest = info.side() == Side.HOST ? LARGEST : LARGEST - DEVICE_OVERHEAD;
			if (size == 0) {
				return refuse(call, size, flag, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.SIZE_ZERO);
			}
			// The C++ API counts without a sign: what is negative here is more than 2 GiB there.
			if (size < 0 || size > largest) {
				return refuse(call, size, flag, HiaiStatus.GRAPH_MALLOC_LARGER, MisuseReason.SIZE_TOO_LARGE);
			}
			int extentSize = extentSize(size);
			// Whoever waits came first: a newcomer may not take what they wait for.
			int handle = waiters.isEmpty() ? space.allocate(extentSize) : -1;
			if (handle < 0 && timeOutMillis > 0) {
				handle = await(call, size, extentSize, timeOutMillis, flag);
			}
			if (handle < 0) {
				record(call, EventKind.TIMEOUT, 0, extentSize, size, space.largestFree(), flag, HiaiStatus.GRAPH_NO_MEMORY,
						MisuseReason.NONE);
				return Allocation.refused(HiaiStatus.GRAPH_NO_MEMORY);
			}
			long offset = space.offset(handle);
			record(call, kind, offset, extentSize, size, transfer, flag, HiaiStatus.OK, MisuseReason.NONE);
			var block = new SimulatedBuffer(this, handle, offset, extentSize, size, flag, bytes.slice(offset, size));
			tell(call, (observer, caller) -> observer.made(block, info.side(), info.device(), flag, caller));
			return new Allocation(HiaiStatus.OK, Optional.of(block));
		} finally {
			lock.unlock();
		}
	}

	private int extentSize(int size) {
		int alignment = info.side() == Side.HOST ? HOST_ALIGNMENT : DEVICE_ALIGNMENT;
		int whole = info.side() == Side.HOST ? size : size + DEVICE_OVERHEAD;
		return (whole + alignment - 1) / alignment * alignment;
	}

	private Allocation refuse(Call call, int size, BlockFlag flag, HiaiStatus status, MisuseReason reason) {
		record(call, EventKind.MISUSE, 0, 0, size, 0, flag, status, reason);
		tell(call, (observer, caller) -> observer.misused(reason, status, null, caller));
		return Allocation.refused(status);
	}

	/** Waits in the queue; returns a handle, or -1 after the time-out. */
	private int await(Call call, int size, int extentSize, int timeOutMillis, BlockFlag flag) {
		record(call, EventKind.WAIT_BEGIN, 0, extentSize, size, timeOutMillis, flag, HiaiStatus.OK, MisuseReason.NONE);
		var waiter = new Waiter(lock.newCondition());
		waiters.addLast(waiter);
		long left = TimeUnit.MILLISECONDS.toNanos(timeOutMillis);
		long begun = System.nanoTime();
		int handle = -1;
		boolean interrupted = false;
		try {
			while (handle < 0 && left > 0 && !interrupted) {
				if (waiters.peekFirst() == waiter) {
					handle = space.allocate(extentSize);
				}
				if (handle < 0) {
					left = waiter.turn.awaitNanos(left);
				}
			}
			if (handle < 0 && !interrupted && waiters.peekFirst() == waiter) {
				// Room that was made in the very moment of the time-out is still room.
				handle = space.allocate(extentSize);
			}
		} catch (InterruptedException e) {
			interrupted = true;
		} finally {
			waiters.remove(waiter);
			wakeFirst();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		if (handle >= 0) {
			record(call, EventKind.WAIT_END, 0, extentSize, size, System.nanoTime() - begun, flag, HiaiStatus.OK, MisuseReason.NONE);
		}
		return handle;
	}

	private void wakeFirst() {
		Waiter first = waiters.peekFirst();
		if (first != null) {
			first.turn.signal();
		}
	}

	/** @param asDvpp whether the call for DVPP blocks is used */
	HiaiStatus free(SimulatedBuffer block, boolean asDvpp) {
		var call = new Call(recorder);
		lock.lock();
		try {
			MisuseReason misuse = misuseOfFree(block, asDvpp);
			if (misuse != MisuseReason.NONE) {
				record(call, EventKind.MISUSE, block, 0, HiaiStatus.GRAPH_NOT_FIND_MEMORY, misuse);
				return HiaiStatus.GRAPH_NOT_FIND_MEMORY;
			}
			giveBackOnceSent(call, block);
			return HiaiStatus.OK;
		} finally {
			lock.unlock();
		}
	}

	/** Gives a block back unless that has been done, whoever else may be closing or sending it: for {@code close()}. */
	void close(SimulatedBuffer block) {
		var call = new Call(recorder);
		lock.lock();
		try {
			if (block.state() == SimulatedBuffer.State.LIVE || block.state() == SimulatedBuffer.State.SENDING) {
				giveBackOnceSent(call, block);
			}
		} finally {
			lock.unlock();
		}
	}

	private void giveBackOnceSent(Call call, SimulatedBuffer block) {
		if (block.state() == SimulatedBuffer.State.SENDING) {
			// The transfer still reads it: it goes back when that is over, and nobody gets its extent before.
			block.enter(SimulatedBuffer.State.FREED_WHILE_SENDING);
		} else {
			giveBack(call, EventKind.FREE, block, 0, SimulatedBuffer.State.FREED);
		}
	}

	private static MisuseReason misuseOfFree(SimulatedBuffer block, boolean asDvpp) {
		return switch (block.state()) {
			case FREED, FREED_WHILE_SENDING -> MisuseReason.DOUBLE_FREE;
			case AUTO_FREED -> MisuseReason.AUTO_FREE_DELETER;
			case LIVE, SENDING -> {
				if (asDvpp != (block.flag() == BlockFlag.DVPP)) {
					yield MisuseReason.WRONG_FAMILY;
				}
				boolean onItsWay = block.state() == SimulatedBuffer.State.SENDING && block.flag() == BlockFlag.AUTO_FREE;
				yield onItsWay ? MisuseReason.AUTO_FREE_DELETER : MisuseReason.NONE;
			}
		};
	}

	private void giveBack(Call call, EventKind kind, SimulatedBuffer block, long transfer, SimulatedBuffer.State state) {
		block.enter(state);
		space.free(block.handle());
		record(call, kind, block, transfer, HiaiStatus.OK, MisuseReason.NONE);
		tell(call, (observer, caller) -> observer.freed(block, kind == EventKind.AUTO_FREE, caller));
		wakeFirst();
	}

	/** Claims a block for a transfer. Anything but {@link HiaiStatus#OK}: it cannot be sent. */
	HiaiStatus beginSend(SimulatedBuffer block, long transfer) {
		var call = new Call(recorder);
		lock.lock();
		try {
			if (block.state() != SimulatedBuffer.State.LIVE) {
				boolean again = block.state() == SimulatedBuffer.State.SENDING || block.state() == SimulatedBuffer.State.AUTO_FREED;
				MisuseReason reason = again ? MisuseReason.SENT_TWICE : MisuseReason.USE_AFTER_FREE;
				record(call, EventKind.MISUSE, block, transfer, HiaiStatus.GRAPH_INVALID_VALUE, reason);
				return HiaiStatus.GRAPH_INVALID_VALUE;
			}
			block.enter(SimulatedBuffer.State.SENDING);
			record(call, EventKind.SEND_BEGIN, block, transfer, HiaiStatus.OK, MisuseReason.NONE);
			return HiaiStatus.OK;
		} finally {
			lock.unlock();
		}
	}

	/** Ends a transfer: an AUTO_FREE block that arrived goes back, any other is its owner's again. */
	void endSend(SimulatedBuffer block, long transfer, HiaiStatus status) {
		var call = new Call(recorder);
		boolean arrived = status == HiaiStatus.OK;
		if (arrived && block.flag() == BlockFlag.AUTO_FREE) {
			// It is nobody's but the transfer's now, so that others need not wait for this.
			poison(block);
		}
		lock.lock();
		try {
			record(call, EventKind.SEND_END, block.offset(), arrived ? block.extentSize() : 0, block.size(), transfer, block.flag(), status,
					MisuseReason.NONE);
			tell(call, (observer, caller) -> observer.sent(block, status, caller));
			if (arrived && block.flag() == BlockFlag.AUTO_FREE) {
				giveBack(call, EventKind.AUTO_FREE, block, transfer, SimulatedBuffer.State.AUTO_FREED);
			} else if (block.state() == SimulatedBuffer.State.FREED_WHILE_SENDING) {
				giveBack(call, EventKind.FREE, block, 0, SimulatedBuffer.State.FREED);
			} else {
				block.enter(SimulatedBuffer.State.LIVE);
			}
		} finally {
			lock.unlock();
		}
	}

	/** What is read from a block that was sent away should look like nothing that was ever in it. */
	private static void poison(SimulatedBuffer block) {
		var target = block.rawBytes();
		byte[] line = new byte[4096];
		Arrays.fill(line, POISON);
		while (target.hasRemaining()) {
			target.put(line, 0, Math.min(line.length, target.remaining()));
		}
	}

	void usedAfterFree(SimulatedBuffer block) {
		misuse(block, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.USE_AFTER_FREE);
	}

	/** Records a wrong use that concerns a block. */
	void misuse(SimulatedBuffer block, HiaiStatus status, MisuseReason reason) {
		var call = new Call(recorder);
		lock.lock();
		try {
			record(call, EventKind.MISUSE, block, 0, status, reason);
		} finally {
			lock.unlock();
		}
	}

	/** Records what concerns no block. */
	void note(EventKind kind, long argument, HiaiStatus status, MisuseReason reason, @Nullable EngineRuntime engine) {
		var call = new Call(recorder, engine);
		lock.lock();
		try {
			record(call, kind, 0, 0, 0, argument, null, status, reason);
			if (kind == EventKind.MISUSE) {
				tell(call, (observer, caller) -> observer.misused(reason, status, null, caller));
			}
		} finally {
			lock.unlock();
		}
	}

	/** Requests that wait for room. */
	int waiting() {
		lock.lock();
		try {
			return waiters.size();
		} finally {
			lock.unlock();
		}
	}

	/** Bytes handed out; throws if the allocator is damaged. */
	long checkedUse() {
		lock.lock();
		try {
			space.checkInvariants();
			return space.used();
		} finally {
			lock.unlock();
		}
	}

	boolean isLive(SimulatedBuffer block, int size) {
		lock.lock();
		try {
			return block.flag() != BlockFlag.DVPP && size >= 0 && size <= block.size()
					&& (block.state() == SimulatedBuffer.State.LIVE || block.state() == SimulatedBuffer.State.SENDING);
		} finally {
			lock.unlock();
		}
	}

	/** Ends the heap's part of the trace; what happens later is not recorded. */
	void end() {
		lock.lock();
		try {
			Lane events = lane;
			if (events != null) {
				events.end();
			}
		} finally {
			lock.unlock();
		}
	}

	private void record(Call call, EventKind kind, SimulatedBuffer block, long argument, HiaiStatus status, MisuseReason reason) {
		record(call, kind, block.offset(), block.extentSize(), block.size(), argument, block.flag(), status, reason);
		if (kind == EventKind.MISUSE) {
			tell(call, (observer, caller) -> observer.misused(reason, status, block, caller));
		}
	}

	/** Nobody usually listens; then this costs a look. */
	private void tell(Call call, BiConsumer<Observer, Caller> what) {
		Caller caller = call.caller;
		if (caller != null) {
			recorder.observers().forEach(observer -> what.accept(observer, caller));
		}
	}

	private void record(Call call, EventKind kind, long offset, int extentSize, int requested, long argument, @Nullable BlockFlag flag,
			HiaiStatus status, MisuseReason reason) {
		Lane events = lane;
		if (events != null) {
			events.append(kind, offset, extentSize, requested, argument, flag == null ? 0 : flag.code(), status.code(), reason, call.thread,
					call.stack,
					call.engine);
		}
	}

	/** Who calls; found out before the lock is taken, since walking a stack takes microseconds. */
	private static final class Call {
		private final int thread;
		private final int stack;
		private final int engine;
		private final @Nullable Caller caller;

		Call(Recorder recorder) {
			this(recorder, EngineRuntime.current());
		}

		Call(Recorder recorder, @Nullable EngineRuntime engine) {
			this.thread = recorder.thread();
			this.stack = recorder.stack();
			this.engine = recorder.engine(engine);
			this.caller = recorder.caller(engine);
		}
	}
}
