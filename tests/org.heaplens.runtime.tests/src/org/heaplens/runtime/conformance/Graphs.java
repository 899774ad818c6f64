// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

import org.heaplens.model.Side;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HeapDriver.RunningGraph;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.conformance.Scenario.Line;
import org.heaplens.runtime.conformance.ScriptedEngine.Visit;

/** The graphs of a scenario. Its actors share it. */
final class Graphs {
	private final HeapDriver driver;
	private final List<Line> parts;
	private final Map<Integer, RunningGraph> running = new ConcurrentHashMap<>();
	private final Map<String, BlockingQueue<Visit>> visits = new ConcurrentHashMap<>();

	private final Map<String, Semaphore> quiets = new ConcurrentHashMap<>();
	private final Map<String, ScriptedEngine> engines = new ConcurrentHashMap<>();

	Graphs(HeapDriver driver, List<Line> parts) {
		this.driver = driver;
		this.parts = parts;
	}

	String create(Line line, int graph) {
		try {
			running.put(graph, driver.start(config(line, graph)));
			return HiaiStatus.OK.name();
		} catch (IllegalArgumentException | IllegalStateException e) {
			return "refused";
		}
	}

	private GraphConfig config(Line line, int graph) {
		GraphConfig.Builder builder = GraphConfig.builder(graph);
		int found = 0;
		for (Line part : parts) {
			if (Integer.parseInt(part.word(1).split("\\.")[0]) != graph) {
				continue;
			}
			found++;
			if (part.word(0).equals("graph")) {
				builder.device(Integer.parseInt(part.option("device", "0")));
			} else if (part.word(0).equals("engine")) {
				builder.engine(engine(part));
			} else if (part.word(0).equals("connect")) {
				var source = Calls.port(part, 1);
				var target = Calls.port(part, 2);
				builder.connect(source.engine(), source.port(), target);
			}
		}
		if (found == 0) {
			throw line.failure("the scenario describes no graph " + graph);
		}
		return builder.build();
	}

	private EngineConfig engine(Line part) {
		String name = part.word(1);
		BlockingQueue<Visit> arrivals = visits.computeIfAbsent(name, key -> new LinkedBlockingQueue<>());
		HiaiStatus readiness = HiaiStatus.valueOf(part.option("init", "OK"));
		return new EngineConfig(Integer.parseInt(name.split("\\.")[1]), "engine" + name,
				Side.valueOf(part.word(2).toUpperCase(Locale.ROOT)),
				Integer.parseInt(part.option("threads", "1")),
				Integer.parseInt(part.option("queue", Integer.toString(GraphConfig.USUAL_QUEUE_SIZE))), Map.of(),
				Integer.parseInt(part.option("quiet", "0")), part.option("again", "no").equals("yes"),
				part.option("dvpp", "no").equals("yes"), () -> make(name, readiness, arrivals));
	}

	private ScriptedEngine make(String name, HiaiStatus readiness, BlockingQueue<Visit> arrivals) {
		var engine = new ScriptedEngine(readiness, arrivals, quiets(name));
		engines.put(name, engine);
		return engine;
	}

	String destroy(int graph) {
		RunningGraph found = running.remove(graph);
		return (found == null ? HiaiStatus.GRAPH_NOT_EXIST : found.stop()).name();
	}

	ScriptedEngine engine(Line line, String name) {
		ScriptedEngine engine = engines.get(name);
		if (engine == null) {
			throw line.failure("there is no engine " + name);
		}
		return engine;
	}

	/** As often as an engine was told that nothing came. */
	Semaphore quiets(String engine) {
		return quiets.computeIfAbsent(engine, key -> new Semaphore(0));
	}

	boolean exists(int graph) {
		return running.containsKey(graph);
	}

	RunningGraph running(Line line, int graph) {
		RunningGraph found = running.get(graph);
		if (found == null) {
			throw line.failure("there is no graph " + graph);
		}
		return found;
	}

	/** Messages that an engine has begun to work on. */
	BlockingQueue<Visit> visits(String engine) {
		return visits.computeIfAbsent(engine, key -> new LinkedBlockingQueue<>());
	}

	/** Ends what runs. The actors of taken messages have to be leaving. */
	List<String> destroyAll() {
		visits.values().forEach(queue -> queue.forEach(visit -> visit.leave(HiaiStatus.OK)));
		List<String> answers = new ArrayList<>();
		List.copyOf(running.keySet()).forEach(graph -> answers.add(destroy(graph)));
		return answers;
	}
}
