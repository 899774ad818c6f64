// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HeapLockTest {
	private static final int THREADS = 4;
	private static final int TURNS = 50_000;

	private final HeapLock lock = new HeapLock();
	private long count;

	@Test
	void oneAtATimeIsInside() throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int index = 0; index < THREADS; index++) {
			var thread = new Thread(() -> {
				for (int turn = 0; turn < TURNS; turn++) {
					lock.lock();
					count++;
					lock.unlock();
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertEquals((long) THREADS * TURNS, count);
	}

	@Test
	void anInterruptedThreadGetsItAndStaysInterrupted() {
		lock.lock();
		var interrupted = new CompletableFuture<Boolean>();
		var thread = new Thread(() -> {
			Thread.currentThread().interrupt();
			lock.lock();
			lock.unlock();
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		thread.start();
		// Long enough in vain to have given up turning.
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		lock.unlock();
		assertTrue(interrupted.join());
	}
}
