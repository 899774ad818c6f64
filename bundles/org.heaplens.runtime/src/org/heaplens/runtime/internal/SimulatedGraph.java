// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.DataReceiver;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.GraphConfig.Connection;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiStatus;

/** A graph whose engines run in this process, on both sides. Threads share it. */
final class SimulatedGraph implements HeapDriver.RunningGraph {
	/** As long as a board waits, which its log shows. */
	private static final long STOP_MILLIS = 30_000;

	private final GraphConfig config;
	private final Simulator simulator;
	private final Map<Integer, EngineRuntime> engines = new LinkedHashMap<>();
	private final Map<EnginePort, List<EnginePort>> targets = new LinkedHashMap<>();
	private final Map<EnginePort, DataReceiver> receivers = new ConcurrentHashMap<>();
	private volatile boolean stopped;

	private SimulatedGraph(GraphConfig config, Simulator simulator) {
		this.config = config;
		this.simulator = simulator;
	}

	static SimulatedGraph start(GraphConfig config, Simulator simulator) {
		var graph = new SimulatedGraph(config, simulator);
		graph.make();
		graph.connect();
		graph.initialise();
		simulator.heap(Side.HOST).note(EventKind.GRAPH_CREATED, config.graphId(), HiaiStatus.OK, MisuseReason.NONE, null);
		for (EngineRuntime engine : graph.engines.values()) {
			engine.start();
			simulator.heap(engine.side()).note(EventKind.ENGINE_STARTED, config.graphId(), HiaiStatus.OK, MisuseReason.NONE, engine);
		}
		return graph;
	}

	private void make() {
		config.engines().forEach(engine -> {
			if (engines.put(engine.id(), new EngineRuntime(config.graphId(), engine)) != null) {
				throw new IllegalArgumentException("graph " + config.graphId() + " has two engines with the number " + engine.id());
			}
		});
	}

	private void connect() {
		for (Connection connection : config.connections()) {
			check(connection.source());
			check(connection.target());
			targets.computeIfAbsent(connection.source(), key -> new ArrayList<>()).add(connection.target());
		}
		for (EngineRuntime engine : engines.values()) {
			engine.engine().connect((port, name, message, timeOutMillis) -> sendFrom(engine, port, name, message, timeOutMillis));
		}
	}

	private void check(EnginePort port) {
		if (port.graph() != config.graphId() || !engines.containsKey(port.engine()) || !EngineRuntime.isPort(port.port())) {
			throw new IllegalArgumentException("graph " + config.graphId() + " connects " + port + ", but has no such engine or port");
		}
	}

	private void initialise() {
		for (EngineRuntime engine : engines.values()) {
			HiaiStatus status = engine.init();
			if (status != HiaiStatus.OK) {
				throw new IllegalStateException("engine " + engine.id() + " (" + engine.name() + ") of graph " + config.graphId()
						+ " refuses to be initialised: " + status);
			}
		}
	}

	@Override
	public HiaiStatus send(EnginePort target, String messageName, @Nullable Object message, int timeOutMillis) {
		if (stopped) {
			return HiaiStatus.GRAPH_NOT_EXIST;
		}
		if (message == null) {
			return HiaiStatus.GRAPH_INVALID_VALUE;
		}
		EngineRuntime engine = engines.get(target.engine());
		if (target.graph() != config.graphId() || engine == null || !EngineRuntime.isPort(target.port())) {
			return HiaiStatus.GRAPH_ENGINE_NOT_EXIST;
		}
		return deliver(Simulator.callersSide(), engine, target.port(), messageName, message, timeOutMillis);
	}

	private HiaiStatus sendFrom(EngineRuntime source, int port, String messageName, @Nullable Object message, int timeOutMillis) {
		if (message == null) {
			return HiaiStatus.ENGINE_NULL_POINTER;
		}
		var from = new EnginePort(config.graphId(), source.id(), port);
		DataReceiver receiver = receivers.get(from);
		List<EnginePort> connected = targets.getOrDefault(from, List.of());
		if (receiver == null && connected.isEmpty()) {
			return HiaiStatus.GRAPH_SRC_PORT_NOT_EXIST;
		}
		HiaiStatus answer = receiver == null ? HiaiStatus.OK : receiver.receive(message);
		for (EnginePort target : connected) {
			EngineRuntime engine = engines.get(target.engine());
			HiaiStatus status = engine == null
					? HiaiStatus.GRAPH_ENGINE_NOT_EXIST
					: deliver(source.side(), engine, target.port(), messageName, message, timeOutMillis);
			answer = answer == HiaiStatus.OK ? status : answer;
		}
		return answer;
	}

	/** A place in the queue first: a message that was carried over and then found no place would be lost. */
	private HiaiStatus deliver(Side from, EngineRuntime to, int port, String messageName, Object message, int timeOutMillis) {
		if (stopped) {
			return HiaiStatus.GRAPH_NOT_EXIST;
		}
		long begun = System.nanoTime();
		if (!to.reserve(port, timeOutMillis)) {
			return HiaiStatus.QUEUE_FULL;
		}
		int left = (int) Math.max(0, timeOutMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
		if (stopped) {
			// It ended while this waited for a place.
			to.release(port);
			return HiaiStatus.GRAPH_NOT_EXIST;
		}
		Transfer.Result carried = from == to.side()
				? Transfer.Result.arrived(message)
				: simulator.transfer().carry(from, to, messageName, message, left);
		Object arrived = carried.message();
		if (carried.status() != HiaiStatus.OK || arrived == null) {
			to.release(port);
			return carried.status();
		}
		to.put(port, arrived);
		return HiaiStatus.OK;
	}

	@Override
	public HiaiStatus receive(EnginePort source, DataReceiver receiver) {
		if (source.graph() != config.graphId() || !engines.containsKey(source.engine()) || !EngineRuntime.isPort(source.port())) {
			return HiaiStatus.PORT_ID_ERROR;
		}
		receivers.put(source, receiver);
		return HiaiStatus.OK;
	}

	@Override
	public HiaiStatus stop() {
		stopped = true;
		engines.values().forEach(EngineRuntime::stop);
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
		boolean all = true;
		for (EngineRuntime engine : engines.values()) {
			boolean ended = engine.join(deadline);
			all &= ended;
			HiaiStatus status = ended ? HiaiStatus.OK : HiaiStatus.GRAPH_DESTROY_TIMEOUT;
			simulator.heap(engine.side()).note(EventKind.ENGINE_STOPPED, config.graphId(), status, MisuseReason.NONE, engine);
		}
		HiaiStatus status = all ? HiaiStatus.OK : HiaiStatus.GRAPH_DESTROY_TIMEOUT;
		simulator.heap(Side.HOST).note(EventKind.GRAPH_DESTROYED, config.graphId(), status, MisuseReason.NONE, null);
		return status;
	}
}
