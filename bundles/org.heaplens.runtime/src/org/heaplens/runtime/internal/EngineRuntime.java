// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Side;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.heaplens.runtime.HiaiStatus;

/** An engine with its threads, and one queue of limited size for each input port. Threads share it. */
final class EngineRuntime {
	/** The API has ports 0 to 15. */
	private static final int PORTS = 16;
	/** Places that the end of the graph adds to each queue: more than there are senders, and no overflow. */
	private static final int PLACES_AT_END = 1 << 29;
	private static final ThreadLocal<@Nullable EngineRuntime> CURRENT = new ThreadLocal<>();
	private static final Item STOP = new Item(-1, "stop");

	private final int graph;
	private final EngineConfig config;
	private final Engine engine;
	private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
	private final Map<Integer, Semaphore> places = new ConcurrentHashMap<>();
	private final List<Thread> threads = new ArrayList<>();
	private volatile boolean stopping;

	private record Item(int port, Object message) {}

	EngineRuntime(int graph, EngineConfig config) {
		this.graph = graph;
		this.config = config;
		this.engine = config.maker().get();
	}

	/** The engine whose thread is calling; null outside of engines. */
	static @Nullable EngineRuntime current() {
		return CURRENT.get();
	}

	int graph() {
		return graph;
	}

	int id() {
		return config.id();
	}

	String name() {
		return config.name();
	}

	Side side() {
		return config.side();
	}

	Engine engine() {
		return engine;
	}

	static boolean isPort(int port) {
		return port >= 0 && port < PORTS;
	}

	/** Calls the engine's own initialisation as if on one of its threads. */
	HiaiStatus init() {
		return call(() -> engine.init(config.items()));
	}

	/** Runs a part of the calling thread as if on one of this engine's threads. */
	<T> T call(Supplier<T> part) {
		EngineRuntime before = CURRENT.get();
		CURRENT.set(this);
		try {
			return part.get();
		} finally {
			CURRENT.set(before);
		}
	}

	void start() {
		for (int number = 0; number < config.threads(); number++) {
			var thread = new Thread(this::work, "e" + config.id() + "_w" + number);
			thread.setDaemon(true);
			threads.add(thread);
			thread.start();
		}
	}

	/** Keeps a place in the queue of a port; without one a message may not be put. */
	boolean reserve(int port, int timeOutMillis) {
		Semaphore free = places.computeIfAbsent(port, key -> new Semaphore(Math.min(config.queueSize(), PLACES_AT_END), true));
		try {
			return free.tryAcquire(Math.max(0, timeOutMillis), TimeUnit.MILLISECONDS);
		} catch (InterruptedException e) {
			// An interrupt ends the wait, not the send: it may take a place that is free.
			Thread.currentThread().interrupt();
			return free.tryAcquire();
		}
	}

	/** Gives a place back that was not used. */
	void release(int port) {
		Semaphore free = places.get(port);
		if (free != null) {
			free.release();
		}
	}

	void put(int port, Object message) {
		queue.add(new Item(port, message));
	}

	/** Lets the threads end after what they are doing; what waits is dropped, and nobody waits for a place any more. */
	void stop() {
		stopping = true;
		threads.forEach(thread -> queue.add(STOP));
		places.values().forEach(free -> free.release(PLACES_AT_END));
	}

	/** Whether all threads ended before that moment of {@link System#nanoTime()}. */
	boolean join(long deadline) {
		for (Thread thread : threads) {
			if (thread == Thread.currentThread()) {
				continue;
			}
			try {
				thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				return false;
			}
			if (thread.isAlive()) {
				return false;
			}
		}
		queue.clear();
		return true;
	}

	private void work() {
		CURRENT.set(this);
		while (!stopping) {
			try {
				Item item = queue.take();
				if (item != STOP) {
					release(item.port());
					process(item);
				}
			} catch (InterruptedException e) {
				// Left over from a message, or from a program that interrupts threads it does not own: only stop() ends a thread.
				continue;
			}
		}
	}

	private void process(Item item) {
		try {
			engine.process(item.port(), item.message());
		} catch (RuntimeException | Error e) {
			// A defect of the program. One message is lost, and the engine goes on with the next, as a board would.
			Recorder.warn("engine " + config.id() + " (" + config.name() + ") failed on a message at port " + item.port(), e);
		}
	}
}
