// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;

/** A graph of engines that runs. Threads may share it. */
public final class Graph implements AutoCloseable {
	/** How long a send waits if the caller does not say. */
	public static final int DEFAULT_TIME_OUT_MILLIS = 500;

	private static final Map<Integer, Graph> GRAPHS = new ConcurrentHashMap<>();

	private final int id;
	private final HeapDriver.RunningGraph running;

	private Graph(int id, HeapDriver.RunningGraph running) {
		this.id = id;
		this.running = running;
	}

	/**
	 * Makes the engines, calls their {@link Engine#init}, and starts their threads.
	 *
	 * @throws IllegalArgumentException if the configuration contradicts itself or the number is taken; the message says where
	 * @throws IllegalStateException    if an engine refuses to be initialised
	 */
	public static Graph create(GraphConfig config) {
		synchronized (GRAPHS) {
			if (GRAPHS.containsKey(config.graphId())) {
				throw new IllegalArgumentException(
						"there is a graph " + config.graphId() + " already; destroy it first or choose another number");
			}
			var graph = new Graph(config.graphId(), HiaiMemory.Driver.CURRENT.start(config));
			GRAPHS.put(graph.id, graph);
			return graph;
		}
	}

	/** The graph with that number: {@code GetInstance} of the C++ API. */
	public static Optional<Graph> find(int id) {
		return Optional.ofNullable(GRAPHS.get(id));
	}

	public int id() {
		return id;
	}

	/** Sends from outside, from the host, and waits up to {@value #DEFAULT_TIME_OUT_MILLIS} ms for room at the receiver. */
	public HiaiStatus sendData(EnginePort target, String messageName, @Nullable Object message) {
		return sendData(target, messageName, message, DEFAULT_TIME_OUT_MILLIS);
	}

	/**
	 * Sends from outside, from the host. The answer means what that of {@link Engine#sendData} means.
	 *
	 * @param timeOutMillis how long to wait for room in the receiver's queue and heap; 0 not at all
	 */
	public HiaiStatus sendData(EnginePort target, String messageName, @Nullable Object message, int timeOutMillis) {
		return running.send(target, messageName, message, timeOutMillis);
	}

	/** Has the messages of an output port handed to the program: {@code SetDataRecvFunctor} of the C++ API. */
	public HiaiStatus setDataReceiver(EnginePort source, DataReceiver receiver) {
		return running.receive(source, receiver);
	}

	/** Ends the threads, each after the message it works on, and drops what waits in queues. */
	public HiaiStatus destroy() {
		synchronized (GRAPHS) {
			if (!GRAPHS.remove(id, this)) {
				return HiaiStatus.GRAPH_NOT_EXIST;
			}
		}
		return running.stop();
	}

	@Override
	public void close() {
		destroy();
	}
}
