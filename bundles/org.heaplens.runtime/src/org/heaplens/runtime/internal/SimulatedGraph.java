// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.MisuseReason;
import org.heaplens.runtime.DataReceiver;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.GraphConfig.Connection;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.settings.Setting;

/** A graph whose engines run in this process, at their places. Threads share it. */
final class SimulatedGraph implements HeapDriver.RunningGraph {
	private final GraphConfig config;
	private final Simulator simulator;
	private final Map<Integer, EngineRuntime> engines = new LinkedHashMap<>();
	private final Map<EnginePort, List<EnginePort>> targets = new LinkedHashMap<>();
	private final Map<EnginePort, Delivery.Outside> receivers = new ConcurrentHashMap<>();
	private final Teardown teardown;
	private final int engineTimeOutMillis;
	private final int graphTimeOutMillis;
	private volatile boolean stopped;

	private SimulatedGraph(GraphConfig config, Simulator simulator) {
		this.config = config;
		this.simulator = simulator;
		this.engineTimeOutMillis = simulator.settings().count(Setting.ENGINE_SEND_TIME_OUT);
		this.graphTimeOutMillis = simulator.settings().count(Setting.GRAPH_SEND_TIME_OUT);
		this.teardown = new Teardown(simulator.clock(), this::ended);
	}

	/** Makes a graph and lets it run; with an exception, nothing of it is left. */
	static SimulatedGraph start(GraphConfig config, Simulator simulator) {
		var graph = new SimulatedGraph(config, simulator);
		simulator.enter(graph);
		try {
			graph.make();
			graph.connect();
			graph.initialise();
		} catch (RuntimeException | Error e) {
			graph.engines.values().forEach(EngineRuntime::destroy);
			simulator.leave(graph);
			throw e;
		}
		graph.run();
		return graph;
	}

	int id() {
		return config.graphId();
	}

	private void make() {
		for (GraphConfig.EngineConfig engine : config.engines()) {
			if (engines.containsKey(engine.id())) {
				throw new IllegalArgumentException("graph " + id() + " has two engines with the number " + engine.id());
			}
			GraphConfig.EngineConfig sized = engine.queueSize() == GraphConfig.USUAL_QUEUE_SIZE
					? engine.withQueueSize(simulator.settings().count(Setting.QUEUE_SIZE))
					: engine;
			engines.put(engine.id(), new EngineRuntime(id(), sized, simulator.place(config, engine), simulator.clock()));
		}
	}

	private void connect() {
		for (Connection connection : config.connections()) {
			check(connection.source());
			if (connection.target().graph() == id() || !EngineRuntime.isPort(connection.target().port())) {
				// The engines of another graph are looked for when something is sent: it may come later, or go earlier.
				check(connection.target());
			}
			targets.computeIfAbsent(connection.source(), key -> new ArrayList<>()).add(connection.target());
		}
		engines.values().forEach(engine -> engine.engine().connect(new EngineOutlet(engine)));
	}

	private void check(EnginePort port) {
		if (!isHere(port)) {
			throw new IllegalArgumentException("graph " + id() + " connects " + port + ", but has no such engine or port");
		}
	}

	private boolean isHere(EnginePort port) {
		return port.graph() == id() && engines.containsKey(port.engine()) && EngineRuntime.isPort(port.port());
	}

	private void initialise() {
		for (EngineRuntime engine : engines.values()) {
			HiaiStatus status = engine.init();
			if (status != HiaiStatus.OK) {
				throw new IllegalStateException("engine " + engine.id() + " (" + engine.name() + ") of graph " + id()
						+ " refuses to be initialised: " + status);
			}
		}
	}

	private void run() {
		simulator.home().note(EventKind.GRAPH_CREATED, id(), HiaiStatus.OK, MisuseReason.NONE, null);
		for (EngineRuntime engine : engines.values()) {
			teardown.add(engine);
			engine.start(() -> teardown.threadEnded());
			simulator.heap(engine.place()).note(EventKind.ENGINE_STARTED, id(), HiaiStatus.OK, MisuseReason.NONE, engine);
		}
	}

	/** What an engine of this graph sees of it. */
	private final class EngineOutlet implements HeapDriver.Outlet {
		private final EngineRuntime source;

		EngineOutlet(EngineRuntime source) {
			this.source = source;
		}

		@Override
		public HiaiStatus send(int port, String messageName, @Nullable Object message, int timeOutMillis) {
			return message == null
					? HiaiStatus.ENGINE_NULL_POINTER
					: sendFrom(source, port, messageName, message, usual(timeOutMillis, engineTimeOutMillis));
		}

		@Override
		public HiaiStatus receive(int port, DataReceiver receiver) {
			return SimulatedGraph.this.receive(new EnginePort(id(), source.id(), port), receiver);
		}

		@Override
		public int queueSize() {
			return source.inbox().size();
		}

		@Override
		public int waiting(int port) {
			return source.inbox().waiting(port);
		}
	}

	private static int usual(int timeOutMillis, int ofSettings) {
		return timeOutMillis == HeapDriver.USUAL_TIME_OUT ? ofSettings : timeOutMillis;
	}

	@Override
	public HiaiStatus send(EnginePort target, String messageName, @Nullable Object message, int timeOutMillis) {
		if (stopped) {
			return HiaiStatus.GRAPH_NOT_EXIST;
		}
		if (message == null) {
			return HiaiStatus.GRAPH_INVALID_VALUE;
		}
		Optional<EngineRuntime> engine = engine(target);
		if (engine.isEmpty()) {
			return HiaiStatus.GRAPH_ENGINE_NOT_EXIST;
		}
		var delivery = new Delivery(simulator, simulator.callersPlace(), messageName, message,
				usual(timeOutMillis, graphTimeOutMillis));
		return delivery.to(List.of(new Delivery.Queue(engine.get(), target.port())), () -> stopped);
	}

	/** The engine with that port, if this graph has it. */
	Optional<EngineRuntime> engine(EnginePort port) {
		return isHere(port) ? Optional.ofNullable(engines.get(port.engine())) : Optional.empty();
	}

	private HiaiStatus sendFrom(EngineRuntime source, int port, String messageName, Object message, int timeOutMillis) {
		var from = new EnginePort(id(), source.id(), port);
		var goals = new ArrayList<Delivery.Goal>();
		Delivery.Outside receiver = receivers.get(from);
		if (receiver != null) {
			goals.add(receiver);
		}
		for (EnginePort target : targets.getOrDefault(from, List.of())) {
			Optional<SimulatedGraph> graph = target.graph() == id() ? Optional.of(this) : simulator.graph(target.graph());
			if (graph.isEmpty() || graph.get().stopped) {
				return HiaiStatus.GRAPH_NOT_EXIST;
			}
			Optional<EngineRuntime> engine = graph.get().engine(target);
			if (engine.isEmpty()) {
				return HiaiStatus.GRAPH_ENGINE_NOT_EXIST;
			}
			goals.add(new Delivery.Queue(engine.get(), target.port()));
		}
		if (goals.isEmpty()) {
			return HiaiStatus.GRAPH_SRC_PORT_NOT_EXIST;
		}
		return new Delivery(simulator, source.place(), messageName, message, timeOutMillis).to(goals, () -> stopped);
	}

	@Override
	public HiaiStatus receive(EnginePort source, DataReceiver receiver) {
		Optional<EngineRuntime> engine = engine(source);
		Place here = simulator.callersPlace();
		boolean across = engine.isPresent() && !engine.get().place().equals(here);
		if (engine.isEmpty() || across && simulator.settings().is(Setting.RECEIVER_OTHER_SIDE, "refuse")) {
			return HiaiStatus.PORT_ID_ERROR;
		}
		receivers.put(source, new Delivery.Outside(here, EngineRuntime.current(), receiver));
		return HiaiStatus.OK;
	}

	@Override
	public HiaiStatus stop() {
		stopped = true;
		simulator.ending(this);
		if (teardown.run(simulator.settings().count(Setting.DESTROY_TIME_OUT))) {
			return HiaiStatus.OK;
		}
		noteEnd(HiaiStatus.GRAPH_DESTROY_TIMEOUT);
		return HiaiStatus.GRAPH_DESTROY_TIMEOUT;
	}

	private void noteEnd(HiaiStatus status) {
		for (EngineRuntime engine : engines.values()) {
			HiaiStatus ended = engine.hasEnded() ? HiaiStatus.OK : HiaiStatus.GRAPH_DESTROY_TIMEOUT;
			simulator.heap(engine.place()).note(EventKind.ENGINE_STOPPED, id(), ended, MisuseReason.NONE, engine);
		}
		simulator.home().note(EventKind.GRAPH_DESTROYED, id(), status, MisuseReason.NONE, null);
	}

	/** The last thread has ended, maybe long after the time-out: what the engines hold goes, and the number is free. */
	private void ended(Collection<Teardown.Left> left) {
		long dropped = 0;
		for (Teardown.Left ofEngine : left) {
			ofEngine.items().forEach(ofEngine.engine()::drop);
			dropped += ofEngine.items().size();
		}
		engines.values().forEach(EngineRuntime::destroy);
		if (dropped > 0) {
			simulator.home().note(EventKind.MESSAGES_DROPPED, dropped, HiaiStatus.OK, MisuseReason.NONE, null);
		}
		reportSurvivors();
		// Before the number is free: another graph that gets it begins after this one's end.
		noteEnd(HiaiStatus.OK);
		simulator.leave(this);
	}

	/** What came with messages and was given back by nobody: freed now, it would be freed without a graph. */
	private void reportSurvivors() {
		List<SimulatedBuffer> survivors = engines.values().stream().flatMap(engine -> engine.received().live().stream()).toList();
		if (!survivors.isEmpty()) {
			long bytes = survivors.stream().mapToLong(SimulatedBuffer::size).sum();
			Recorder.warn("graph " + id() + " has ended, and nobody has given back " + survivors.size() + " of the blocks that came to it, "
					+ bytes + " bytes in all; the first is the " + survivors.get(0));
		}
	}
}
