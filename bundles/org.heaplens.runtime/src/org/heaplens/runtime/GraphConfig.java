// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.heaplens.model.Side;

/** Which engines a graph has and how they are connected. Immutable. */
public record GraphConfig(int graphId, List<EngineConfig> engines, List<Connection> connections) {
	/** The size of a queue if nothing else is said. */
	public static final int DEFAULT_QUEUE_SIZE = 200;

	public GraphConfig {
		engines = List.copyOf(engines);
		connections = List.copyOf(connections);
	}

	/**
	 * An engine of a graph.
	 *
	 * @param threads   that call {@link Engine#process}; at least 1
	 * @param queueSize messages that wait at each input port; at least 1
	 * @param items     what {@link Engine#init} gets
	 * @param maker     makes the engine when the graph is made
	 */
	public record EngineConfig(int id, String name, Side side, int threads, int queueSize, Map<String, String> items,
			Supplier<? extends Engine> maker) {
		public EngineConfig {
			if (threads < 1 || queueSize < 1) {
				throw new IllegalArgumentException(
						"engine " + id + " (" + name + ") needs at least one thread and one place in its queue: threads="
								+ threads + ", queueSize=" + queueSize);
			}
			items = Map.copyOf(items);
		}
	}

	/** What is sent from one port arrives at the other. */
	public record Connection(EnginePort source, EnginePort target) {}

	public static Builder builder(int graphId) {
		return new Builder(graphId);
	}

	/** Collects engines and connections. One thread. */
	public static final class Builder {
		private final int graphId;
		private final List<EngineConfig> engines = new ArrayList<>();
		private final List<Connection> connections = new ArrayList<>();

		Builder(int graphId) {
			this.graphId = graphId;
		}

		/** Adds an engine with one thread and a queue of {@value GraphConfig#DEFAULT_QUEUE_SIZE}. */
		public Builder engine(int id, String name, Side side, Supplier<? extends Engine> maker) {
			return engine(new EngineConfig(id, name, side, 1, DEFAULT_QUEUE_SIZE, Map.of(), maker));
		}

		public Builder engine(EngineConfig engine) {
			engines.add(engine);
			return this;
		}

		/** Connects two engines of this graph. */
		public Builder connect(int sourceEngine, int sourcePort, int targetEngine, int targetPort) {
			connections.add(
					new Connection(new EnginePort(graphId, sourceEngine, sourcePort), new EnginePort(graphId, targetEngine, targetPort)));
			return this;
		}

		public GraphConfig build() {
			return new GraphConfig(graphId, engines, connections);
		}
	}
}
