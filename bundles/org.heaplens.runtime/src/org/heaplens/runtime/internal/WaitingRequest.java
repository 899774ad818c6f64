// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.internal.heap.FairQueue;

/**
 * A request that waits for room in a heap. Whoever frees room gives it the block at once, in the order of the queue; the thread that
 * waits only has to be told. What becomes of it is decided with the heap's lock.
 */
final class WaitingRequest extends FairQueue.Request {
	private final SimulatedHeap heap;
	private final Request request;
	private final long begun;
	private final ReentrantLock gate = new ReentrantLock();
	private final Condition changed = gate.newCondition();
	private @Nullable Answer answer;

	/**
	 * @param begun    when it began to wait, in nanoseconds of the clock
	 * @param deadline when it gives up, likewise
	 */
	WaitingRequest(SimulatedHeap heap, Request request, int extentSize, long begun, long deadline) {
		super(extentSize, deadline);
		this.heap = heap;
		this.request = request;
		this.begun = begun;
	}

	Request request() {
		return request;
	}

	@Override
	protected void served(int handle, long nowNanos) {
		settle(heap.serve(this, handle, nowNanos - begun));
	}

	@Override
	protected void timedOut(long nowNanos) {
		settle(heap.timedOut(request, size()));
	}

	private void settle(Answer what) {
		gate.lock();
		try {
			answer = what;
			changed.signal();
		} finally {
			gate.unlock();
		}
	}

	/** What became of it; null if that is not decided yet. */
	@Nullable
	Answer answer() {
		gate.lock();
		try {
			return answer;
		} finally {
			gate.unlock();
		}
	}

	/** Waits, without the heap's lock, until it is decided or the time is over. */
	void await(Clock clock) throws InterruptedException {
		gate.lock();
		try {
			long left = deadline() - clock.nanoTime();
			while (answer == null && left > 0) {
				left = clock.await(gate, changed, left);
			}
		} finally {
			gate.unlock();
		}
	}
}
