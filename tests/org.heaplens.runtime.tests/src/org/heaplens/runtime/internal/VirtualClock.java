// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Time that stands still until it is moved. Threads share it. */
public final class VirtualClock implements Clock {
	private final List<Sleeper> sleepers = new ArrayList<>();
	private volatile long now;

	/** A thread that waits, in the order of the waits' beginnings. */
	private record Sleeper(Thread thread, ReentrantLock lock, Condition condition, long deadline) {}

	@Override
	public long nanoTime() {
		return now;
	}

	@Override
	public long await(ReentrantLock lock, Condition condition, long nanos) throws InterruptedException {
		if (nanos <= 0) {
			return nanos;
		}
		var sleeper = new Sleeper(Thread.currentThread(), lock, condition, now + nanos);
		synchronized (sleepers) {
			sleepers.add(sleeper);
		}
		try {
			// Whoever moves the time needs the lock to wake this, and gets it only once this sleeps.
			condition.await();
		} finally {
			synchronized (sleepers) {
				sleepers.remove(sleeper);
			}
		}
		return sleeper.deadline - now;
	}

	/** Moves the time, and wakes who is due on the way, one after the other in the order of their times. */
	public void advance(long nanos) {
		long end = now + nanos;
		for (Optional<Sleeper> due = next(end); due.isPresent(); due = next(end)) {
			Sleeper sleeper = due.get();
			now = Math.max(now, sleeper.deadline);
			while (sleeps(sleeper)) {
				sleeper.lock.lock();
				try {
					sleeper.condition.signalAll();
				} finally {
					sleeper.lock.unlock();
				}
				Thread.onSpinWait();
			}
		}
		now = end;
	}

	/** Whether a thread waits for time to pass. */
	public boolean isWaiting(Thread thread) {
		synchronized (sleepers) {
			return sleepers.stream().anyMatch(sleeper -> sleeper.thread == thread);
		}
	}

	private Optional<Sleeper> next(long end) {
		synchronized (sleepers) {
			return sleepers.stream().filter(sleeper -> sleeper.deadline <= end).min(Comparator.comparingLong(Sleeper::deadline));
		}
	}

	private boolean sleeps(Sleeper sleeper) {
		synchronized (sleepers) {
			return sleepers.stream().anyMatch(one -> one == sleeper);
		}
	}
}
