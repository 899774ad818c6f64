// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.internal.SimulatedBuffer.State;
import org.heaplens.runtime.internal.heap.FairQueue;
import org.heaplens.runtime.internal.heap.HeapBytes;
import org.heaplens.runtime.internal.heap.HeapLock;
import org.heaplens.runtime.internal.heap.Space;

/**
 * A heap of one side. Threads share it: whatever changes it, and the event that says so, happens under one lock, so that the order of
 * events is the order of changes.
 *
 * <p>
 * Where nobody records or observes, a request costs the lock, the search for an extent, and one small object; the {@link Call} is null.
 */
final class SimulatedHeap {
	private final HeapInfo info;
	private final HeapRules rules;
	private final Clock clock;
	private final Recorder recorder;
	private final HeapJournal journal;
	private final HeapLock lock = new HeapLock();
	private final Space space;
	private final FairQueue<WaitingRequest> queue;
	private final HeapBytes bytes;
	/** What the framework gives back when the program ends. */
	private final List<SimulatedBuffer> sent = new ArrayList<>();

	SimulatedHeap(HeapInfo info, HeapRules rules, Clock clock, Recorder recorder) {
		this.info = info;
		this.rules = rules;
		this.clock = clock;
		this.recorder = recorder;
		this.journal = new HeapJournal(info, recorder, rules.strict());
		this.space = rules.policy().space(info.capacity());
		this.queue = new FairQueue<>(space);
		this.bytes = new HeapBytes(info.capacity(), Path.of(System.getProperty("java.io.tmpdir", "")), Recorder::warn);
	}

	HeapInfo info() {
		return info;
	}

	/**
	 * A block for a caller.
	 *
	 * @param timeOutMillis how long to wait for room; 0 or less not at all
	 */
	Answer allocate(int size, int timeOutMillis, BlockFlag flag) {
		return request(EventKind.ALLOCATE, size, timeOutMillis, flag, 0);
	}

	/** A block for a message that arrives. */
	Answer receive(int size, int timeOutMillis, long transfer) {
		return request(EventKind.RECEIVE, size, timeOutMillis, BlockFlag.RECEIVED, transfer);
	}

	private Answer request(EventKind kind, int size, int timeOutMillis, BlockFlag flag, long argument) {
		Call call = journal.call();
		WaitingRequest waiting;
		lock.lock();
		try {
			MisuseReason misuse = rules.misuseOfSize(size);
			if (misuse != MisuseReason.NONE) {
				return new Answer.Refused(journal.misuse(call, size, flag,
						misuse == MisuseReason.SIZE_ZERO ? HiaiStatus.GRAPH_INVALID_VALUE : HiaiStatus.GRAPH_MALLOC_LARGER, misuse));
			}
			int extentSize = rules.extentSize(size, flag);
			// Whoever waits came first: a newcomer may not take what they wait for.
			int handle = isNobodyWaiting() ? space.allocate(extentSize) : -1;
			if (handle >= 0) {
				SimulatedBuffer block = make(kind, size, flag, argument, call, handle);
				journal.handedOver(call, block);
				return block;
			}
			var request = new Request(kind, size, flag, argument, call);
			if (timeOutMillis <= 0) {
				return timedOut(request, extentSize);
			}
			waiting = enqueue(request, extentSize, timeOutMillis);
		} finally {
			lock.unlock();
		}
		return await(waiting);
	}

	private boolean isNobodyWaiting() {
		if (!queue.isEmpty()) {
			queue.advance(clock.nanoTime());
		}
		return queue.isEmpty();
	}

	private SimulatedBuffer make(EventKind kind, int size, BlockFlag flag, long argument, @Nullable Call call, int handle) {
		var block = new SimulatedBuffer(this, handle, space.offset(handle), size, flag);
		if (call != null) {
			journal.made(call, kind, block, argument);
		}
		return block;
	}

	private WaitingRequest enqueue(Request request, int extentSize, int timeOutMillis) {
		long now = clock.nanoTime();
		journal.waiting(request, EventKind.WAIT_BEGIN, extentSize, timeOutMillis, HiaiStatus.OK, largestFree(request));
		var waiting = new WaitingRequest(this, request, extentSize, now, now + TimeUnit.MILLISECONDS.toNanos(timeOutMillis));
		queue.add(waiting);
		return waiting;
	}

	private Answer await(WaitingRequest waiting) {
		boolean interrupted = false;
		try {
			waiting.await(clock);
		} catch (InterruptedException e) {
			// An interrupt ends the wait; the thread is told of it afterwards.
			interrupted = true;
		}
		lock.lock();
		try {
			Answer answer = decided(waiting);
			if (answer instanceof SimulatedBuffer block) {
				journal.handedOver(waiting.request().call(), block);
			}
			return answer;
		} finally {
			lock.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** What became of a request whose wait is over; room that was made in the very last moment is still room. */
	private Answer decided(WaitingRequest waiting) {
		Answer answer = waiting.answer();
		if (answer == null) {
			long now = clock.nanoTime();
			queue.advance(now);
			answer = waiting.answer();
			if (answer == null) {
				queue.giveUp(waiting, now);
				answer = waiting.answer();
			}
		}
		if (answer == null) {
			throw new IllegalStateException("a request neither served nor refused");
		}
		return answer;
	}

	/** With the lock, from whatever thread made room. */
	Answer serve(WaitingRequest waiting, int handle, long waitedNanos) {
		Request request = waiting.request();
		journal.waiting(request, EventKind.WAIT_END, waiting.size(), waitedNanos, HiaiStatus.OK, largestFree(request));
		return make(request.kind(), request.size(), request.flag(), request.argument(), request.call(), handle);
	}

	/** With the lock. */
	Answer timedOut(Request request, long extentSize) {
		long largest = largestFree(request);
		journal.waiting(request, EventKind.TIMEOUT, extentSize, largest, HiaiStatus.GRAPH_NO_MEMORY, largest);
		return new Answer.Refused(HiaiStatus.GRAPH_NO_MEMORY);
	}

	/** Bytes of the largest hole, if anybody wants to know. */
	private long largestFree(Request request) {
		return request.call() == null ? 0 : space.largestFree();
	}

	/** @param asDvpp whether the call for DVPP blocks is used */
	HiaiStatus free(SimulatedBuffer block, boolean asDvpp) {
		Call call = journal.call();
		lock.lock();
		try {
			MisuseReason misuse = rules.misuseOfFree(block, asDvpp);
			if (misuse != MisuseReason.NONE) {
				return journal.misuse(call, block, HiaiStatus.GRAPH_NOT_FIND_MEMORY, misuse);
			}
			giveBackOnceSent(call, block);
			return HiaiStatus.OK;
		} finally {
			lock.unlock();
		}
	}

	/** Gives a block back unless that has been done, whoever else may be closing or sending it: for {@code close()}. */
	void close(SimulatedBuffer block) {
		Call call = journal.call();
		lock.lock();
		try {
			if (block.state().isUsable()) {
				giveBackOnceSent(call, block);
			}
		} finally {
			lock.unlock();
		}
	}

	/** Gives a block back which the framework frees although it stayed on its side, unless that has been done. */
	void freeByFramework(SimulatedBuffer block) {
		Call call = journal.call();
		lock.lock();
		try {
			if (block.state() == State.LIVE) {
				giveBack(call, EventKind.AUTO_FREE, block, 0, State.AUTO_FREED);
			}
		} finally {
			lock.unlock();
		}
	}

	private void giveBackOnceSent(@Nullable Call call, SimulatedBuffer block) {
		switch (block.state()) {
			// The transfer still reads it: it goes back when that is over, and nobody gets its extent before.
			case SENDING -> block.enter(State.FREED_WHILE_SENDING);
			// The framework has freed it, and the caller may do so as well.
			case AUTO_FREED -> block.enter(State.FREED);
			default -> giveBack(call, EventKind.FREE, block, 0, State.FREED);
		}
	}

	private void giveBack(@Nullable Call call, EventKind kind, SimulatedBuffer block, long transfer, State state) {
		boolean waited = !isNobodyWaiting();
		block.enter(state);
		space.free(block.handle());
		journal.freed(call, kind, block, transfer);
		if (waited) {
			queue.serve(clock.nanoTime());
		}
	}

	/** Claims a block for a transfer. Anything but {@link HiaiStatus#OK}: it cannot be sent. */
	HiaiStatus beginSend(SimulatedBuffer block, long transfer) {
		Call call = journal.call();
		lock.lock();
		try {
			MisuseReason misuse = rules.misuseOfSend(block);
			if (misuse != MisuseReason.NONE) {
				return journal.misuse(call, block, HiaiStatus.GRAPH_INVALID_VALUE, misuse);
			}
			block.enter(State.SENDING);
			journal.sending(call, block, transfer);
			return HiaiStatus.OK;
		} finally {
			lock.unlock();
		}
	}

	/** Ends a transfer: a block that the framework frees and that arrived goes back, any other is its owner's again. */
	void endSend(SimulatedBuffer block, long transfer, HiaiStatus status) {
		Call call = journal.call();
		boolean arrived = status == HiaiStatus.OK;
		boolean goes = arrived && rules.frameworkFrees(block.flag());
		if (goes && rules.poisons()) {
			// It is nobody's but the transfer's now, so that others need not wait for this.
			block.poison();
		}
		lock.lock();
		try {
			journal.sent(call, block, transfer, status);
			if (arrived) {
				block.arrived();
			}
			leave(call, block, transfer, goes);
		} finally {
			lock.unlock();
		}
	}

	private void leave(@Nullable Call call, SimulatedBuffer block, long transfer, boolean goes) {
		boolean freed = block.state() == State.FREED_WHILE_SENDING;
		if (goes && rules.freesAtEnd() && !freed) {
			block.enter(State.SENT);
			sent.add(block);
		} else if (goes) {
			giveBack(call, EventKind.AUTO_FREE, block, transfer, freed && rules.acceptsFree() ? State.FREED : State.AUTO_FREED);
		} else if (freed) {
			giveBack(call, EventKind.FREE, block, 0, State.FREED);
		} else {
			block.enter(State.LIVE);
		}
	}

	/** Bytes that a block takes. */
	int extentSize(SimulatedBuffer block) {
		return rules.extentSize(block.size(), block.flag());
	}

	/** The memory of a block, to be asked for once. */
	ByteBuffer bytes(SimulatedBuffer block) {
		return bytes.extent(block.offset(), block.size());
	}

	void usedAfterFree(SimulatedBuffer block) {
		misuse(block, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.USE_AFTER_FREE);
	}

	/** Records a wrong use that concerns a block, and throws if that is what misuses do. */
	void misuse(SimulatedBuffer block, HiaiStatus status, MisuseReason reason) {
		Call call = journal.call();
		lock.lock();
		try {
			journal.misuse(call, block, status, reason);
		} finally {
			lock.unlock();
		}
	}

	/** Records a request that was wrong or came at the wrong time, and throws if that is what misuses do. */
	Answer refuse(int size, @Nullable BlockFlag flag, HiaiStatus status, MisuseReason reason) {
		Call call = journal.call();
		lock.lock();
		try {
			return new Answer.Refused(journal.misuse(call, size, flag, status, reason));
		} finally {
			lock.unlock();
		}
	}

	/** Records what concerns no block; a misuse throws if that is what misuses do. */
	void note(EventKind kind, long argument, HiaiStatus status, MisuseReason reason, @Nullable EngineRuntime engine) {
		if (kind == EventKind.MISUSE) {
			refuse(0, null, status, reason);
			return;
		}
		var call = Call.of(recorder, engine, false);
		lock.lock();
		try {
			journal.note(call, kind, argument, status);
		} finally {
			lock.unlock();
		}
	}

	/** Requests that wait for room. */
	int waiting() {
		lock.lock();
		try {
			return queue.waiting().size();
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

	/** Ends the heap's part of the trace; what happens later is not recorded. */
	void end() {
		Call call = journal.call();
		lock.lock();
		try {
			for (SimulatedBuffer block : sent) {
				if (block.state() == State.SENT) {
					giveBack(call, EventKind.AUTO_FREE, block, 0, State.AUTO_FREED);
				}
			}
			journal.end();
		} finally {
			lock.unlock();
		}
	}
}
