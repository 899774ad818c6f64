// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;

/** A graph of engines that runs. Threads may share it. */
public final class Graph implements AutoCloseable {
	/** How long each try of a send waits if the caller does not say, and neither does the setting {@code simulator.graph-send-time-out}. */
	public static final int DEFAULT_TIME_OUT_MILLIS = 500;

	private static final Map<Integer, Graph> GRAPHS = new ConcurrentHashMap<>();

	private final int id;
	private final int device;
	private final HeapDriver.RunningGraph running;

	private Graph(GraphConfig config, HeapDriver.RunningGraph running) {
		this.id = config.graphId();
		this.device = config.device();
		this.running = running;
	}

	/**
	 * Makes the engines, calls their {@link Engine#init}, and starts their threads.
	 *
	 * @throws IllegalArgumentException if the configuration contradicts itself, names a device that is not there, or the number is taken,
	 *                                  also by a graph whose engines do not let it end; the message says where
	 * @throws IllegalStateException    if an engine refuses to be initialised
	 */
	public static Graph create(GraphConfig config) {
		var graph = new Graph(config, HiaiMemory.Driver.CURRENT.start(config));
		GRAPHS.put(graph.id, graph);
		return graph;
	}

	/**
	 * Makes the graphs of a {@code graph.config}: {@code CreateGraph} of the C++ API. All of them, or none.
	 *
	 * @throws IOException              if the file cannot be read
	 * @throws IllegalArgumentException as {@link GraphConfig#parse(Path, EngineFactory)} and {@link #create(GraphConfig)} say
	 */
	public static List<Graph> create(Path file, EngineFactory engines) throws IOException {
		var graphs = new ArrayList<Graph>();
		try {
			for (GraphConfig config : GraphConfig.parse(file, engines)) {
				graphs.add(create(config));
			}
		} catch (RuntimeException | Error e) {
			graphs.forEach(Graph::destroy);
			throw e;
		}
		return List.copyOf(graphs);
	}

	/**
	 * Makes the graphs of a {@code graph.config} with the engines of the {@code .so} files that it names, which only a native library runs
	 * (setting {@code driver=native}). All of them, or none.
	 *
	 * @throws IOException                   if the file cannot be read
	 * @throws IllegalArgumentException      if it says what cannot be, or the library does not make the graphs
	 * @throws UnsupportedOperationException if engines are made in Java here: {@link #create(Path, EngineFactory)}
	 */
	public static List<Graph> create(Path file) throws IOException {
		List<GraphConfig> configs = GraphConfig.parse(file, name -> Optional.of(() -> {
			throw new UnsupportedOperationException("engine " + name + " is none of Java");
		}));
		List<HeapDriver.RunningGraph> running = HiaiMemory.Driver.CURRENT.start(file, configs);
		var graphs = new ArrayList<Graph>();
		for (int index = 0; index < configs.size(); index++) {
			var graph = new Graph(configs.get(index), running.get(index));
			GRAPHS.put(graph.id, graph);
			graphs.add(graph);
		}
		return List.copyOf(graphs);
	}

	/** The graph with that number: {@code GetInstance} of the C++ API. */
	public static Optional<Graph> find(int id) {
		return Optional.ofNullable(GRAPHS.get(id));
	}

	public int id() {
		return id;
	}

	/** The number of the device on which its engines of that side are. */
	public int device() {
		return device;
	}

	/**
	 * Sends from outside without waiting, to whatever graph has the target: {@code HIAI_SendData} of the C++ API.
	 *
	 * @return {@link HiaiStatus#GRAPH_NOT_EXIST} if there is no such graph, else what {@link Engine#sendData} answers
	 */
	public static HiaiStatus send(EnginePort target, String messageName, @Nullable Object message) {
		Graph graph = GRAPHS.get(target.graph());
		return graph == null ? HiaiStatus.GRAPH_NOT_EXIST : graph.sendData(target, messageName, message, 0);
	}

	/** Sends from outside, and waits up to {@value #DEFAULT_TIME_OUT_MILLIS} ms for room at the receiver, several times if it is across. */
	public HiaiStatus sendData(EnginePort target, String messageName, @Nullable Object message) {
		return running.send(target, messageName, message, HeapDriver.USUAL_TIME_OUT);
	}

	/**
	 * Sends from outside: from the host, or from the place of the engine whose thread is calling. The answer means what that of
	 * {@link Engine#sendData} means.
	 *
	 * @param timeOutMillis how long each try waits for room in the receiver's queue and heap; 0 not at all
	 */
	public HiaiStatus sendData(EnginePort target, String messageName, @Nullable Object message, int timeOutMillis) {
		return running.send(target, messageName, message, Math.max(0, timeOutMillis));
	}

	/** Frees a block that a message brought, and no other: {@code ReleaseDataBuffer} of the C++ API, which says nothing. */
	public static HiaiStatus releaseDataBuffer(@Nullable HiaiBuffer dataBuffer) {
		return HiaiMemory.Driver.CURRENT.release(dataBuffer);
	}

	/**
	 * Has the messages of an output port handed to the program: {@code SetDataRecvFunctor} of the C++ API. A receiver that is set on the
	 * other side than the engine's gets copies.
	 *
	 * @return {@link HiaiStatus#PORT_ID_ERROR} if there is no such port
	 */
	public HiaiStatus setDataReceiver(EnginePort source, DataReceiver receiver) {
		return running.receive(source, receiver);
	}

	/**
	 * Ends the threads, each after the message it works on. What waits in queues is dropped: messages that are {@link AutoCloseable} are
	 * closed, and blocks that the framework has made for them are freed; then engines that are {@link AutoCloseable} are closed.
	 *
	 * @return {@link HiaiStatus#GRAPH_DESTROY_TIMEOUT} if an engine did not return; its number stays taken until it does
	 */
	public HiaiStatus destroy() {
		return GRAPHS.remove(id, this) ? running.stop() : HiaiStatus.GRAPH_NOT_EXIST;
	}

	@Override
	public void close() {
		destroy();
	}
}
