// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for sections of some hundred nanoseconds that are entered millions of times a second. Not reentrant, and nothing in such a
 * section may wait.
 *
 * <p>
 * Entering is one atomic instruction and leaving a plain store, half of what the JDK's locks cost. The price is paid by who finds it
 * taken: nobody wakes it, so it looks again, after some turns, then after a pause that grows up to {@value #LONGEST_PAUSE_NANOS} ns.
 */
public final class HeapLock {
	private static final VarHandle TAKEN;
	private static final int TURNS = 100;
	private static final int YIELDS = 10;
	private static final long SHORTEST_PAUSE_NANOS = 5_000;
	private static final long LONGEST_PAUSE_NANOS = 200_000;

	static {
		try {
			TAKEN = MethodHandles.lookup().findVarHandle(HeapLock.class, "taken", int.class);
		} catch (ReflectiveOperationException e) {
			throw new ExceptionInInitializerError(e);
		}
	}

	private volatile int taken;

	public void lock() {
		if (!TAKEN.compareAndSet(this, 0, 1)) {
			insist();
		}
	}

	/** To be called by the thread that has it. */
	public void unlock() {
		TAKEN.setRelease(this, 0);
	}

	private boolean take() {
		return taken == 0 && TAKEN.compareAndSet(this, 0, 1);
	}

	private void insist() {
		for (int turn = 0; turn < TURNS; turn++) {
			Thread.onSpinWait();
			if (take()) {
				return;
			}
		}
		for (int turn = 0; turn < YIELDS; turn++) {
			Thread.yield();
			if (take()) {
				return;
			}
		}
		pause();
	}

	private void pause() {
		long pause = SHORTEST_PAUSE_NANOS;
		// While a thread is interrupted, it cannot pause; it is told again afterwards.
		boolean interrupted = Thread.interrupted();
		while (!take()) {
			LockSupport.parkNanos(this, pause);
			interrupted |= Thread.interrupted();
			pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}
}
