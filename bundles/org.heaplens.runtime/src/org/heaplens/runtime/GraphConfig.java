// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.heaplens.model.Side;

/**
 * Which engines a graph has and how they are connected. Immutable.
 *
 * @param device the device on which its engines of that side are; 0 for the first
 */
public record GraphConfig(int graphId, int device, List<EngineConfig> engines, List<Connection> connections) {
	/** As many messages wait at an input port as usual: 200, or what the setting {@code simulator.queue-size} says. */
	public static final int USUAL_QUEUE_SIZE = 0;

	public GraphConfig {
		if (device < 0) {
			throw new IllegalArgumentException("graph " + graphId + " has no such device: " + device);
		}
		engines = List.copyOf(engines);
		connections = List.copyOf(connections);
	}

	/** A graph on the first device. */
	public GraphConfig(int graphId, List<EngineConfig> engines, List<Connection> connections) {
		this(graphId, 0, engines, connections);
	}

	/**
	 * An engine of a graph.
	 *
	 * @param threads         that call {@link Engine#process}; at least 1
	 * @param queueSize       messages that wait at each input port, or {@link #USUAL_QUEUE_SIZE}
	 * @param items           what {@link Engine#init} gets
	 * @param quietMillis     how long after a message to wait for the next until {@link Engine#quiet} is called; 0 for ever
	 * @param repeatsQuiet    whether it is called again after as long
	 * @param receivesForDvpp whether blocks of messages have to be fit for DVPP, and so may be freed as such
	 * @param maker           makes the engine when the graph is made
	 */
	public record EngineConfig(int id, String name, Side side, int threads, int queueSize, Map<String, String> items, int quietMillis,
			boolean repeatsQuiet, boolean receivesForDvpp, Supplier<? extends Engine> maker) {
		public EngineConfig {
			if (threads < 1 || queueSize < 0 || quietMillis < 0) {
				throw new IllegalArgumentException("engine " + id + " (" + name
						+ ") needs at least one thread, and a queue and a time that are not below zero: threads=" + threads + ", queueSize="
						+ queueSize + ", quietMillis=" + quietMillis);
			}
			items = Map.copyOf(items);
		}

		/** An engine that is not told of quiet. */
		public EngineConfig(int id, String name, Side side, int threads, int queueSize, Map<String, String> items,
				Supplier<? extends Engine> maker) {
			this(id, name, side, threads, queueSize, items, 0, false, false, maker);
		}

		/** The same with another queue. */
		public EngineConfig withQueueSize(int messages) {
			return new EngineConfig(id, name, side, threads, messages, items, quietMillis, repeatsQuiet, receivesForDvpp, maker);
		}

		/** The same, told when no message has come for a time. */
		public EngineConfig withQuiet(int millis, boolean again) {
			return new EngineConfig(id, name, side, threads, queueSize, items, millis, again, receivesForDvpp, maker);
		}

		/** The same, with or without blocks that are fit for DVPP. */
		public EngineConfig withReceivesForDvpp(boolean fit) {
			return new EngineConfig(id, name, side, threads, queueSize, items, quietMillis, repeatsQuiet, fit, maker);
		}
	}

	/** What is sent from one port arrives at the other, which may be of another graph. */
	public record Connection(EnginePort source, EnginePort target) {}

	/**
	 * Reads a {@code graph.config} in the vendor's text format; what it says of unknown keys goes to standard error. Needs protobuf-java on
	 * the class path.
	 *
	 * @return the graphs in the file, of which there may be several
	 * @throws IOException          if the file cannot be read
	 * @throws GraphFormatException if it says what cannot be; the message has file, line and column
	 */
	public static List<GraphConfig> parse(Path file, EngineFactory engines) throws IOException {
		return parse(file, engines, warning -> System.err.println("heaplens: " + warning));
	}

	/** As {@link #parse(Path, EngineFactory)}, with a place of one's own for warnings, each one line. */
	public static List<GraphConfig> parse(Path file, EngineFactory engines, Consumer<String> warnings) throws IOException {
		try {
			return GraphFile.read(file, engines, warnings);
		} catch (NoClassDefFoundError e) {
			throw new IllegalStateException("to read " + file + " the program needs protobuf-java 4.36 or newer on its class path; "
					+ "add it, or run with heaplens run", e);
		}
	}

	public static Builder builder(int graphId) {
		return new Builder(graphId);
	}

	/** Collects engines and connections. One thread. */
	public static final class Builder {
		private final int graphId;
		private final List<EngineConfig> engines = new ArrayList<>();
		private final List<Connection> connections = new ArrayList<>();
		private int device;

		Builder(int graphId) {
			this.graphId = graphId;
		}

		/** Chooses the device; the first if this is not called. */
		public Builder device(int number) {
			device = number;
			return this;
		}

		/** Adds an engine with one thread and a queue of the usual size. */
		public Builder engine(int id, String name, Side side, Supplier<? extends Engine> maker) {
			return engine(new EngineConfig(id, name, side, 1, USUAL_QUEUE_SIZE, Map.of(), maker));
		}

		public Builder engine(EngineConfig engine) {
			engines.add(engine);
			return this;
		}

		/** Connects two engines of this graph. */
		public Builder connect(int sourceEngine, int sourcePort, int targetEngine, int targetPort) {
			return connect(sourceEngine, sourcePort, new EnginePort(graphId, targetEngine, targetPort));
		}

		/** Connects an engine of this graph with one of any. */
		public Builder connect(int sourceEngine, int sourcePort, EnginePort target) {
			connections.add(new Connection(new EnginePort(graphId, sourceEngine, sourcePort), target));
			return this;
		}

		public GraphConfig build() {
			return new GraphConfig(graphId, device, engines, connections);
		}
	}
}
