// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Side;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.internal.Inbox.Item;

/** An engine with its threads and queues. Threads share it. */
final class EngineRuntime implements Transfer.Receiver {
	/** The API has ports 0 to 15. */
	private static final int PORTS = 16;
	private static final ThreadLocal<@Nullable EngineRuntime> CURRENT = new ThreadLocal<>();

	private final int graph;
	private final EngineConfig config;
	private final Place place;
	private final Engine engine;
	private final Inbox inbox;
	private final ReceivedBlocks received = new ReceivedBlocks();
	private final List<Thread> threads = new CopyOnWriteArrayList<>();
	private final AtomicInteger running = new AtomicInteger();

	/** Makes the engine as if on one of its threads. */
	EngineRuntime(int graph, EngineConfig config, Place place, Clock clock) {
		this.graph = graph;
		this.config = config;
		this.place = place;
		this.inbox = new Inbox(config.queueSize(), clock);
		this.engine = as(this, () -> config.maker().get());
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

	@Override
	public Place place() {
		return place;
	}

	Side side() {
		return place.side();
	}

	@Override
	public boolean receivesForDvpp() {
		return config.receivesForDvpp();
	}

	Engine engine() {
		return engine;
	}

	Inbox inbox() {
		return inbox;
	}

	/** Blocks that came with messages. */
	ReceivedBlocks received() {
		return received;
	}

	static boolean isPort(int port) {
		return port >= 0 && port < PORTS;
	}

	/** Calls the engine's own initialisation as if on one of its threads. */
	HiaiStatus init() {
		return as(this, () -> engine.init(config.items()));
	}

	@Override
	public Transfer.Result call(Supplier<Transfer.Result> part) {
		return as(this, part);
	}

	/** Runs a part of the calling thread as if on one of an engine's threads, or outside of engines. */
	static <T> T as(@Nullable EngineRuntime engine, Supplier<T> part) {
		EngineRuntime before = CURRENT.get();
		CURRENT.set(engine);
		try {
			return part.get();
		} finally {
			CURRENT.set(before);
		}
	}

	int threads() {
		return config.threads();
	}

	/** @param ended called by each thread as the last it does */
	void start(Runnable ended) {
		for (int number = 0; number < config.threads(); number++) {
			var thread = new Thread(() -> work(ended), "e" + config.id() + "_w" + number);
			thread.setDaemon(true);
			threads.add(thread);
			running.incrementAndGet();
			thread.start();
		}
	}

	/** Whether its threads have ended, or nobody is left but the one that is calling. */
	boolean hasEnded() {
		return running.get() <= (isCalling() ? 1 : 0);
	}

	/** Whether the calling thread is one of this engine's. */
	boolean isCalling() {
		return threads.contains(Thread.currentThread());
	}

	/** What plays the part of the engine's destructor; its threads have ended. */
	void destroy() {
		if (engine instanceof AutoCloseable closeable) {
			close(this, closeable, "engine " + config.id() + " (" + config.name() + ") failed to close");
		}
	}

	/** What plays the part of the deleter of a message that nobody will process. */
	void drop(Item item) {
		drop(this, item.message(), item.made());
	}

	/**
	 * What plays the part of the deleter of a message that nobody will get.
	 *
	 * @param engine on whose threads it would have been; null if outside of engines
	 * @param made   the block that the framework made for it
	 */
	static void drop(@Nullable EngineRuntime engine, Object message, @Nullable SimulatedBuffer made) {
		if (message instanceof AutoCloseable closeable) {
			close(engine, closeable, "a message that was not processed failed to close");
		}
		if (made != null) {
			made.close();
		}
	}

	private static void close(@Nullable EngineRuntime engine, AutoCloseable closeable, String failure) {
		as(engine, () -> {
			try {
				closeable.close();
			} catch (Exception | Error e) {
				// A defect of the program: what it holds is lost, and the graph ends all the same.
				Recorder.warn(failure, e);
			}
			return HiaiStatus.OK;
		});
	}

	private void work(Runnable ended) {
		CURRENT.set(this);
		try {
			while (step()) {
				// The inbox says when to end.
			}
		} finally {
			running.decrementAndGet();
			ended.run();
		}
	}

	private boolean step() {
		Inbox.Work work = inbox.take(config.quietMillis(), config.repeatsQuiet());
		if (work instanceof Inbox.Work.Process process) {
			process(process.item());
		} else if (work instanceof Inbox.Work.Quiet) {
			attempt(engine::quiet, "after " + config.quietMillis() + " ms without a message");
		}
		return !(work instanceof Inbox.Work.End);
	}

	private void process(Item item) {
		attempt(() -> engine.process(item.port(), item.message()), "on a message at port " + item.port());
		SimulatedBuffer freeable = item.freeable();
		if (freeable != null) {
			freeable.heap().freeByFramework(freeable);
		}
	}

	private void attempt(Supplier<HiaiStatus> part, String when) {
		try {
			part.get();
		} catch (RuntimeException | Error e) {
			// A defect of the program. One message is lost, and the engine goes on with the next, as a board would.
			Recorder.warn("engine " + config.id() + " (" + config.name() + ") failed " + when, e);
		}
	}
}
