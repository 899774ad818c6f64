// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Time as the simulator sees it: that of the machine, or, in tests, one that stands still until it is moved. Threads share it. */
interface Clock {
	/** The machine's. */
	Clock SYSTEM = new Clock() {
		@Override
		public long nanoTime() {
			return System.nanoTime();
		}

		@Override
		public long await(ReentrantLock lock, Condition condition, long nanos) throws InterruptedException {
			return condition.awaitNanos(nanos);
		}
	};

	/** Nanoseconds since some moment. */
	long nanoTime();

	/**
	 * Waits as {@link Condition#awaitNanos} does.
	 *
	 * @param lock that of the condition, held by the caller
	 * @return what is left of the time; 0 or less if it is over
	 */
	long await(ReentrantLock lock, Condition condition, long nanos) throws InterruptedException;
}
