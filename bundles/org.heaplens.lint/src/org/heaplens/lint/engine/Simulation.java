// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.FlowGraph;

/**
 * Follows every block of every function along all of its paths, one block at a time. States of a block are kept apart as
 * long as they differ in something that is asked for later; there are finitely many, so loops come to a fixed point.
 * Functions that are called come first, so that what they do is known where they are called. Confined to one thread, used
 * once.
 */
public final class Simulation {
	/** How often functions that call each other are looked at until what is known of them no longer changes. */
	private static final int MOST_ROUNDS = 4;

	private final Program program;
	private final BooleanSupplier cancelled;
	private final Summaries summaries = new Summaries();
	private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
	/** Closed fields whose blocks somebody gets hold of, other than by writing the field. */
	private final Set<Field> released = new HashSet<>();

	private Simulation(Program program, BooleanSupplier cancelled) {
		this.program = program;
		this.cancelled = cancelled;
	}

	/** What becomes of the blocks of one function that is alone in its program. */
	public static Outcome run(FlowGraph graph) {
		var program = new Program();
		program.add(graph);
		return run(program, () -> false).get(graph.function());
	}

	/**
	 * What becomes of the blocks of all functions, by their keys.
	 *
	 * @param cancelled asked before each function; true ends the run with what is known so far
	 */
	public static Map<String, Outcome> run(Program program, BooleanSupplier cancelled) {
		return new Simulation(program, cancelled).run();
	}

	private Map<String, Outcome> run() {
		for (List<FlowGraph> component : new Components(program).find()) {
			if (cancelled.getAsBoolean()) {
				return outcomes;
			}
			run(component);
		}
		for (FlowGraph function : program.functions()) {
			summaries.of(function.function()).ifPresent(this::noteReleased);
		}
		outcomes.replaceAll((function, outcome) -> new Outcome(
				outcome.moments().stream().filter(moment -> !(moment instanceof Moment.End end)
						|| end.field().filter(released::contains).isEmpty()).toList(),
				outcome.exhausted()));
		return outcomes;
	}

	private void run(List<FlowGraph> component) {
		boolean recursive = component.size() > 1
				|| Components.callees(component.get(0), program).contains(component.get(0));
		boolean changed = true;
		for (int round = 0; changed && round < (recursive ? MOST_ROUNDS : 1); round++) {
			changed = false;
			for (FlowGraph function : component) {
				var run = new FunctionRun(function, summaries);
				Summary summary = run.run();
				changed |= !summaries.of(function.function()).filter(summary::equals).isPresent();
				summaries.put(function.function(), summary);
				outcomes.put(function.function(), new Outcome(run.moments(), run.exhausted()));
			}
		}
	}

	private void noteReleased(Summary summary) {
		released.addAll(summary.loose());
		summary.effects().forEach((place, effects) -> {
			if (effects.stream().anyMatch(effect -> !effect.none(place))) {
				place.path().stream().filter(Field::closed).forEach(released::add);
			}
		});
	}
}
