// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;

/**
 * Follows every block of every function along all of its paths, one block at a time. States of a block are kept apart as
 * long as they differ in something that is asked for later; there are finitely many, so loops come to a fixed point.
 * Functions that are called come first, so that what they do is known where they are called.
 */
public final class Simulation {
	/** How often functions that call each other are looked at until what is known of them no longer changes. */
	private static final int MOST_ROUNDS = 4;

	private final Program program;
	private final Cache cache;
	private final BooleanSupplier cancelled;
	private final Summaries summaries = new Summaries();
	private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

	private Simulation(Program program, Cache cache, BooleanSupplier cancelled) {
		this.program = program;
		this.cache = cache;
		this.cancelled = cancelled;
	}

	/** What becomes of the blocks of one function that is alone in its program. */
	public static Outcome run(FlowGraph graph) {
		var program = new Program();
		program.add(graph);
		return Optional.ofNullable(run(program, new Cache(), Runnable::run, () -> false).get(graph.function())).orElseThrow();
	}

	/**
	 * What becomes of the blocks of all functions, by their keys, in the order of the program. It does not depend on how
	 * many threads there are.
	 *
	 * @param cache     what earlier runs have found out; is brought up to date
	 * @param threads   do the work, function by function; this call returns when they are done
	 * @param cancelled asked before each function; true ends the run with what is known so far
	 */
	public static Map<String, Outcome> run(Program program, Cache cache, Executor threads, BooleanSupplier cancelled) {
		return new Simulation(program, cache, cancelled).run(threads);
	}

	private Map<String, Outcome> run(Executor threads) {
		Map<FlowGraph, CompletableFuture<?>> done = new HashMap<>();
		for (List<FlowGraph> component : new Components(program).find()) {
			var before = new HashSet<CompletableFuture<?>>();
			for (FlowGraph function : component) {
				for (FlowGraph callee : Components.callees(function, program)) {
					CompletableFuture<?> run = done.get(callee);
					if (run != null) {
						before.add(run);
					}
				}
			}
			CompletableFuture<?> run = all(before).thenRunAsync(() -> run(component), threads);
			component.forEach(function -> done.put(function, run));
		}
		all(done.values()).join();
		cache.retain(program);
		return outcomes();
	}

	private static CompletableFuture<?> all(Collection<CompletableFuture<?>> runs) {
		return CompletableFuture.allOf(runs.toArray(CompletableFuture<?>[]::new));
	}

	private Map<String, Outcome> outcomes() {
		Set<Field> released = released();
		var ordered = new LinkedHashMap<String, Outcome>();
		for (FlowGraph function : program.functions()) {
			Outcome outcome = outcomes.get(function.function());
			if (outcome != null) {
				List<Moment> moments = outcome.moments().stream().filter(moment -> !(moment instanceof Moment.End end)
						|| end.field().filter(released::contains).isEmpty()).toList();
				ordered.put(function.function(), new Outcome(moments, outcome.makes(), outcome.exhausted()));
			}
		}
		return ordered;
	}

	private void run(List<FlowGraph> component) {
		boolean recursive = component.size() > 1
				|| Components.callees(component.get(0), program).contains(component.get(0));
		if (!recursive) {
			runOnce(component.get(0));
			return;
		}
		boolean changed = true;
		for (int round = 0; changed && round < MOST_ROUNDS; round++) {
			changed = false;
			for (FlowGraph function : component) {
				changed |= runOnce(function);
			}
		}
	}

	/** Whether something is known of the function that was not known before. */
	private boolean runOnce(FlowGraph function) {
		if (cancelled.getAsBoolean()) {
			return false;
		}
		var callees = new HashMap<String, Optional<Summary>>();
		for (FlowGraph.Node node : function.nodes()) {
			if (node.operation() instanceof HeapOp.Call call) {
				call.targets().forEach(target -> callees.put(target, summaries.of(target)));
			}
		}
		Cache.Entry entry = cache.find(function, callees).orElseGet(() -> found(function, callees));
		boolean changed = !summaries.of(function.function()).filter(entry.summary()::equals).isPresent();
		summaries.put(function.function(), entry.summary());
		outcomes.put(function.function(), entry.outcome());
		return changed;
	}

	private Cache.Entry found(FlowGraph function, Map<String, Optional<Summary>> callees) {
		var run = new FunctionRun(function, summaries);
		Summary summary = run.run();
		var entry = new Cache.Entry(function, callees, summary, new Outcome(run.moments(), !summary.made().isEmpty(), run.exhausted()));
		cache.put(entry);
		return entry;
	}

	/** Closed fields whose blocks somebody gets hold of, other than by writing the field. */
	private Set<Field> released() {
		var released = new HashSet<Field>();
		for (FlowGraph function : program.functions()) {
			summaries.of(function.function()).ifPresent(summary -> {
				released.addAll(summary.loose());
				summary.effects().forEach((place, effects) -> {
					if (effects.stream().anyMatch(effect -> !effect.none(place))) {
						place.path().stream().filter(Field::closed).forEach(released::add);
					}
				});
			});
		}
		return released;
	}
}
