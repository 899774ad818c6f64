// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

import org.heaplens.lint.flow.FlowGraph;
import org.junit.jupiter.api.Test;

/** Compares the engine with a run of every path. */
class RandomFunctionsTest {
	/** A long run: {@code -Dheaplens.random.programs=100000}. */
	private static final int PROGRAMS = Integer.getInteger("heaplens.random.programs", 600);

	/** As many programs are printed, the shortest first. */
	private static final int SHOWN = Integer.getInteger("heaplens.random.shown", 3);

	/**
	 * The first seed; the next ones follow. The same with every build: longer runs with other seeds still find about
	 * three programs in ten thousand on which the engine and the paths differ. One cause that is known: a summary does
	 * not tell what else than the block a function stores in the fields of its arguments, null for instance.
	 */
	private static final long SEED = Long.getLong("heaplens.random.seed", 20_261_123);

	private int findings;
	private int functions;
	private int cutShort;

	private static TreeSet<String> found(Outcome outcome) {
		var found = new TreeSet<String>();
		for (Moment moment : outcome.moments()) {
			switch (moment) {
				case Moment.End end -> found.add(end.block().allocation().offset()
						+ (end.phase() == Phase.LIVE ? " leak" : " leak after failed send"));
				case Moment.SecondFree free -> found.add(free.span().offset() + " double free");
				case Moment.WrongFree free -> found.add(free.span().offset() + " wrong free");
				case Moment.LateUse use -> found.add(use.span().offset() + (use.sent() ? " use after send" : " use after free"));
				case Moment.SecondSend send -> found.add(send.span().offset() + " sent twice");
				case Moment.UncheckedUse use -> {
					// paths do not tell who ought to look
				}
				case Moment.Request request -> {
				}
			}
		}
		return found;
	}

	/** What the engine says and the paths do not, or the other way round; empty if they agree. */
	private Optional<String> disagreement(long seed) {
		var random = new RandomFunctions(new Random(seed));
		var program = new Program();
		random.graphs().forEach(program::add);
		Map<String, Outcome> outcomes = Simulation.run(program, new Cache(), Runnable::run, () -> false);
		for (FlowGraph graph : random.graphs()) {
			var paths = new AllPaths(random.graphs(), graph);
			Outcome outcome = Optional.ofNullable(outcomes.get(graph.function())).orElseThrow();
			functions++;
			findings += paths.findings().size();
			TreeSet<String> found = found(outcome);
			if (!paths.complete() || outcome.exhausted()) {
				cutShort++;
				continue;
			}
			var missed = new ArrayList<>(paths.findings());
			missed.removeAll(found);
			found.removeAll(paths.findings());
			if (!missed.isEmpty() || !found.isEmpty()) {
				return Optional.of("seed " + seed + ", in " + graph.function() + ": missed " + missed + ", false " + found + "\n"
						+ random);
			}
		}
		return Optional.empty();
	}

	@Test
	void verdictsAreThoseOfAllPaths() {
		List<String> disagreements = new ArrayList<>();
		for (int number = 0; number < PROGRAMS; number++) {
			disagreement(SEED + number).ifPresent(disagreements::add);
		}
		disagreements.sort(Comparator.comparingInt(String::length));
		assertEquals("", String.join("\n", disagreements.stream().limit(SHOWN).toList()),
				() -> disagreements.size() + " of " + PROGRAMS + " programs");
		assertTrue(findings > PROGRAMS / 2, "the programs are too harmless: " + findings);
		assertTrue(cutShort < functions / 20, "too much is cut short: " + cutShort + " of " + functions);
	}
}
