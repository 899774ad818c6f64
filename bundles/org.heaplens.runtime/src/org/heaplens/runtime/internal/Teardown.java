// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The end of a graph: its threads end, each after the message it works on, and whoever sees the last of them go cleans up. That is the
 * caller who destroys the graph, or, if that gave up waiting, the last thread itself. Threads share it.
 */
final class Teardown {
	private final ReentrantLock lock = new ReentrantLock();
	private final Condition changed = lock.newCondition();
	private final Clock clock;
	private final Consumer<Collection<Left>> cleanup;
	private final List<EngineRuntime> engines = new ArrayList<>();
	private final List<Left> left = new ArrayList<>();
	private int threads;
	private boolean begun;
	private boolean waiting;
	private boolean cleaned;

	/** Messages that an engine has not processed. */
	record Left(EngineRuntime engine, List<Inbox.Item> items) {}

	/** @param cleanup called once, after the last thread */
	Teardown(Clock clock, Consumer<Collection<Left>> cleanup) {
		this.clock = clock;
		this.cleanup = cleanup;
	}

	/** An engine whose threads are about to start. */
	void add(EngineRuntime engine) {
		lock.lock();
		try {
			engines.add(engine);
			threads += engine.threads();
		} finally {
			lock.unlock();
		}
	}

	/** The calling thread is about to end. */
	void threadEnded() {
		boolean last;
		lock.lock();
		try {
			threads--;
			changed.signalAll();
			last = threads == 0 && begun && !waiting;
		} finally {
			lock.unlock();
		}
		if (last) {
			clean();
		}
	}

	/** Ends the threads; whether all ended in time. One that calls this cannot: it ends right after, and cleans up then. */
	boolean run(int timeOutMillis) {
		boolean inTime;
		lock.lock();
		try {
			begun = true;
			engines.forEach(engine -> left.add(new Left(engine, engine.inbox().close())));
			waiting = true;
			int own = engines.stream().anyMatch(EngineRuntime::isCalling) ? 1 : 0;
			inTime = await(own, TimeUnit.MILLISECONDS.toNanos(timeOutMillis));
			waiting = false;
			if (threads > 0) {
				return inTime;
			}
		} finally {
			lock.unlock();
		}
		clean();
		return inTime;
	}

	private boolean await(int own, long nanos) {
		long remaining = nanos;
		while (threads > own && remaining > 0) {
			try {
				remaining = clock.await(lock, changed, remaining);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				break;
			}
		}
		return threads <= own;
	}

	private void clean() {
		lock.lock();
		try {
			if (cleaned) {
				return;
			}
			cleaned = true;
		} finally {
			lock.unlock();
		}
		cleanup.accept(left);
	}
}
