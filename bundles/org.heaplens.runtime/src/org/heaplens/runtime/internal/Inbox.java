// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What waits for an engine: one queue of limited size for each input port, whose messages are taken in the order in which they came.
 * Senders that find no place wait in a queue of their own, first come, first served. Threads share it.
 */
final class Inbox {
	private final ReentrantLock lock = new ReentrantLock();
	private final Condition filled = lock.newCondition();
	private final Deque<Item> items = new ArrayDeque<>();
	private final Map<Integer, Port> ports = new HashMap<>();
	private final int size;
	private final Clock clock;
	private boolean closed;
	/** When the engine was last busy; it is told of quiet after that. */
	private long busyUntil;
	private boolean toldOfQuiet = true;

	/**
	 * A message in the queue.
	 *
	 * @param made     the block that the framework made for the message; null if there is none
	 * @param freeable the block that the framework frees once the message was processed; null if there is none
	 */
	record Item(int port, Object message, @Nullable SimulatedBuffer made, @Nullable SimulatedBuffer freeable) {}

	/** Places at one port, taken by messages that wait or are about to. */
	private static final class Port {
		private int taken;
		private final Deque<Condition> senders = new ArrayDeque<>();
	}

	Inbox(int size, Clock clock) {
		this.size = size;
		this.clock = clock;
	}

	/** Messages that may wait at each port. */
	int size() {
		return size;
	}

	/** Messages that wait at a port. */
	int waiting(int port) {
		lock.lock();
		try {
			return (int) items.stream().filter(item -> item.port() == port).count();
		} finally {
			lock.unlock();
		}
	}

	/** Keeps a place at a port; without one a message may not be put. False if there is none in time, or never will be. */
	boolean reserve(int number, long nanos) {
		lock.lock();
		try {
			Port port = ports.computeIfAbsent(number, key -> new Port());
			if (!closed && port.senders.isEmpty() && port.taken < size) {
				port.taken++;
				return true;
			}
			return !closed && nanos > 0 && await(port, nanos);
		} finally {
			lock.unlock();
		}
	}

	private boolean await(Port port, long nanos) {
		Condition turn = lock.newCondition();
		port.senders.addLast(turn);
		long left = nanos;
		boolean interrupted = false;
		while (left > 0 && !closed && !interrupted && !isTurn(port, turn)) {
			try {
				left = clock.await(lock, turn, left);
			} catch (InterruptedException e) {
				// An interrupt ends the wait, not the send: it may take a place that is free.
				interrupted = true;
			}
		}
		boolean taken = !closed && isTurn(port, turn);
		port.senders.remove(turn);
		if (taken) {
			port.taken++;
		}
		wakeSender(port);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return taken;
	}

	private boolean isTurn(Port port, Condition turn) {
		return port.taken < size && port.senders.peekFirst() == turn;
	}

	private void wakeSender(Port port) {
		Condition first = port.senders.peekFirst();
		if (first != null && port.taken < size) {
			first.signal();
		}
	}

	/** Gives a place back that was not used. */
	void release(int number) {
		lock.lock();
		try {
			giveBack(number);
		} finally {
			lock.unlock();
		}
	}

	private void giveBack(int number) {
		Port port = ports.get(number);
		if (port != null) {
			port.taken--;
			wakeSender(port);
		}
	}

	/** Puts a message in the place that was reserved for it; false if the engine ended meanwhile. */
	boolean put(Item item) {
		lock.lock();
		try {
			if (!closed) {
				items.addLast(item);
				toldOfQuiet = false;
				filled.signal();
			}
			return !closed;
		} finally {
			lock.unlock();
		}
	}

	/** What a worker has to do next. */
	sealed interface Work {
		/** Process a message. */
		record Process(Item item) implements Work {}

		/** Tell the engine that nothing came. */
		record Quiet() implements Work {}

		/** End. */
		record End() implements Work {}
	}

	/**
	 * Waits for a message.
	 *
	 * @param quietMillis after a message, how long to wait for the next until the engine is told; 0 for ever
	 * @param again       whether to tell it again after as long
	 */
	Work take(int quietMillis, boolean again) {
		lock.lock();
		try {
			busyUntil = clock.nanoTime();
			while (!closed) {
				Optional<Work> work = next(quietMillis, again);
				if (work.isPresent()) {
					return work.get();
				}
				try {
					rest(quietMillis);
				} catch (InterruptedException e) {
					// Left over from a message, or from a program that interrupts threads it does not own: only close() ends a worker.
					continue;
				}
			}
			return new Work.End();
		} finally {
			lock.unlock();
		}
	}

	private Optional<Work> next(int quietMillis, boolean again) {
		Item item = items.pollFirst();
		if (item != null) {
			giveBack(item.port());
			return Optional.of(new Work.Process(item));
		}
		if (quietMillis > 0 && !toldOfQuiet && quietLeft(quietMillis) <= 0) {
			busyUntil = clock.nanoTime();
			toldOfQuiet = !again;
			return Optional.of(new Work.Quiet());
		}
		return Optional.empty();
	}

	private long quietLeft(int quietMillis) {
		return busyUntil + TimeUnit.MILLISECONDS.toNanos(quietMillis) - clock.nanoTime();
	}

	private void rest(int quietMillis) throws InterruptedException {
		if (quietMillis > 0 && !toldOfQuiet) {
			clock.await(lock, filled, quietLeft(quietMillis));
		} else {
			filled.await();
		}
	}

	/** Whether the engine ends or has ended. */
	boolean isClosed() {
		lock.lock();
		try {
			return closed;
		} finally {
			lock.unlock();
		}
	}

	/** Ends all waiting, and hands out what nobody has processed. */
	List<Item> close() {
		lock.lock();
		try {
			closed = true;
			filled.signalAll();
			ports.values().forEach(port -> port.senders.forEach(Condition::signal));
			var left = new ArrayList<>(items);
			items.clear();
			return left;
		} finally {
			lock.unlock();
		}
	}
}
