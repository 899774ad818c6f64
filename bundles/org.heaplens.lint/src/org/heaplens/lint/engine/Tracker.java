// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;

/** Follows one block through a function. Confined to one thread, used once. */
final class Tracker {
	/** States of one node that are kept apart; from here on they are blurred. */
	private static final int MOST_STATES = 64;
	/** Blurred or not, a node does not get more states than this. */
	private static final int MOST_BLURRED_STATES = 128;
	/** With more states than this, what is known of parameters is only kept as long as it is asked for. */
	private static final int MOST_PINNED_STATES = 12;

	private record Arrival(int node, Visit visit) {}

	private final FlowGraph graph;
	private final Liveness liveness;
	private final Transfer transfer;
	private final Subject subject;
	private final BitSet beforeSite;
	private final Budget budget;
	private final List<Set<State>> seen = new ArrayList<>();
	private final ArrayDeque<Arrival> pending = new ArrayDeque<>();
	private boolean exhausted;

	Tracker(FlowGraph graph, Liveness liveness, Subject subject, Summaries summaries, Budget budget) {
		this.graph = graph;
		this.liveness = liveness;
		this.subject = subject;
		this.budget = budget;
		this.transfer = new Transfer(graph, subject, summaries);
		this.beforeSite = subject.node() < 0 ? new BitSet() : liveness.reaching(subject.node());
		graph.nodes().forEach(node -> seen.add(new HashSet<>()));
	}

	Transfer run() {
		arrive(0, transfer.start());
		for (Arrival arrival = pending.poll(); arrival != null && budget.spend(); arrival = pending.poll()) {
			leave(arrival.node(), arrival.visit());
		}
		exhausted |= !pending.isEmpty();
		return transfer;
	}

	/** Whether there were more paths than could be kept apart. */
	boolean exhausted() {
		return exhausted || transfer.results.crowded;
	}

	/** Breadth first, so that the first way to a state is one with fewest steps. */
	private void arrive(int node, Visit visit) {
		if (visit.state().phase() == Phase.UNTRACKED && subject.node() >= 0 && !beforeSite.get(node)) {
			return;
		}
		Set<State> known = seen.get(node);
		boolean pinned = known.size() < MOST_PINNED_STATES;
		State state = Compaction.compact(visit.state(), liveness.before(node), graph, pinned);
		if (known.size() >= MOST_STATES && !known.contains(state)) {
			exhausted = true;
			state = state.blur();
			if (known.size() >= MOST_BLURRED_STATES) {
				return;
			}
		}
		if (known.add(state)) {
			pending.add(new Arrival(node, new Visit(state, visit.trace())));
		}
	}

	private void leave(int index, Visit visit) {
		FlowGraph.Node node = graph.nodes().get(index);
		for (Visit after : transfer.apply(index, visit)) {
			Optional<Visit> kept = transfer.settle(node.operation(), visit, after, liveness.after(index),
					beforeSite.get(index));
			for (FlowGraph.Edge edge : kept.isPresent() ? node.next() : List.<FlowGraph.Edge>of()) {
				if (open(edge.guard(), kept.get().route())) {
					pass(edge, kept.get(), node.operation());
				}
			}
		}
	}

	private static boolean open(Guard guard, Visit.Route route) {
		return switch (route) {
			case ANY -> true;
			case NORMAL -> !(guard instanceof Guard.Throws);
			case THROWN -> guard instanceof Guard.Throws;
		};
	}

	private void pass(FlowGraph.Edge edge, Visit visit, HeapOp operation) {
		Span span = operation.span();
		boolean tracked = visit.state().phase() != Phase.UNTRACKED;
		switch (edge.guard()) {
			case Guard.Always always -> arrive(edge.target(), visit);
			case Guard.Opaque(String text) -> arrive(edge.target(), tracked ? step(visit, span, text) : visit);
			case Guard.Throws(String text) -> arrive(edge.target(), tracked
					? new Visit(visit.state(), visit.trace().thenThrown(graph.file(), span, text))
					: visit);
			case Guard.Exhausted(var container, String text) -> transfer.exhausted(visit.state(), container)
					.map(visit::with).map(next -> tracked ? step(next, span, text) : next)
					.ifPresent(next -> arrive(edge.target(), next));
			case Guard.Compare compare -> compare(edge.target(), compare, visit, span, tracked);
		}
	}

	private void compare(int target, Guard.Compare compare, Visit visit, Span span, boolean tracked) {
		State state = visit.state();
		if (state.phase() == Phase.ABSENT && looks(compare, state)) {
			return; // the allocation is looked at, as it should be
		}
		Optional<State> assumed = state.assume(compare.variable(), compare.constant(), compare.equal());
		boolean told = tracked && !assumed.equals(Optional.of(state));
		assumed.map(visit::with).map(next -> told ? step(next, span, compare.text()) : next)
				.ifPresent(next -> arrive(target, next));
	}

	/** Whether the comparison finds out that there is no block. */
	private static boolean looks(Guard.Compare compare, State state) {
		return state.value(compare.variable()) == Values.BLOCK
				|| state.fact(compare.variable()).filter(Fact.IsNot.class::isInstance).isPresent()
						&& compare.constant().equals(org.heaplens.lint.flow.Constant.STATUS_OK);
	}

	private Visit step(Visit visit, Span span, String text) {
		return new Visit(visit.state(), visit.trace().then(graph.file(), span, text));
	}
}
