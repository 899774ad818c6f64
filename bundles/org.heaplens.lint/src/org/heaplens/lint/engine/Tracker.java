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
import org.heaplens.lint.flow.Span;

/** Follows the block of one allocation through its function. Confined to one thread, used once. */
final class Tracker {
	/** States of one node that are kept apart; from here on they are blurred. */
	private static final int MOST_STATES = 64;
	/** Blurred or not, a node does not get more states than this. */
	private static final int MOST_BLURRED_STATES = 128;

	private record Arrival(int node, Visit visit) {}

	private final FlowGraph graph;
	private final Liveness liveness;
	private final Transfer transfer;
	private final BitSet beforeSite;
	private final List<Set<State>> seen = new ArrayList<>();
	private final ArrayDeque<Arrival> pending = new ArrayDeque<>();
	private boolean exhausted;

	Tracker(FlowGraph graph, Liveness liveness, int site) {
		this.graph = graph;
		this.liveness = liveness;
		this.transfer = new Transfer(graph, site);
		this.beforeSite = reaching(graph, site);
		graph.nodes().forEach(node -> seen.add(new HashSet<>()));
	}

	/** The nodes from which control may reach the site: elsewhere there is nothing to wait for. */
	private static BitSet reaching(FlowGraph graph, int site) {
		var reaching = new BitSet();
		reaching.set(site);
		boolean changed = true;
		while (changed) {
			changed = false;
			for (int node = graph.nodes().size() - 1; node >= 0; node--) {
				if (!reaching.get(node)
						&& graph.nodes().get(node).next().stream().anyMatch(edge -> reaching.get(edge.target()))) {
					reaching.set(node);
					changed = true;
				}
			}
		}
		return reaching;
	}

	Outcome run() {
		arrive(0, new Visit(State.START, Trace.NONE));
		for (Arrival arrival = pending.poll(); arrival != null; arrival = pending.poll()) {
			leave(arrival.node(), arrival.visit());
		}
		return new Outcome(transfer.moments(), exhausted);
	}

	/** Breadth first, so that the first way to a state is one with fewest steps. */
	private void arrive(int node, Visit visit) {
		if (visit.state().phase() == Phase.UNTRACKED && !beforeSite.get(node)) {
			return;
		}
		State state = visit.state().restrict(liveness.before(node), graph);
		Set<State> known = seen.get(node);
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
			Optional<Visit> kept = transfer.settle(node.operation(), visit, after, liveness.after(index));
			for (FlowGraph.Edge edge : kept.isPresent() ? node.next() : List.<FlowGraph.Edge>of()) {
				pass(edge, kept.get(), node.operation().span());
			}
		}
	}

	private void pass(FlowGraph.Edge edge, Visit visit, Span span) {
		boolean tracked = visit.state().phase() != Phase.UNTRACKED;
		switch (edge.guard()) {
			case Guard.Always always -> arrive(edge.target(), visit);
			case Guard.Opaque(String text) -> arrive(edge.target(), tracked ? step(visit, span, text) : visit);
			case Guard.Throws(String text) -> arrive(edge.target(),
					tracked ? new Visit(visit.state(), visit.trace().thenThrown(span, text)) : visit);
			case Guard.Compare compare -> {
				Optional<State> assumed = visit.state().assume(compare.variable(), compare.constant(),
						compare.equal());
				boolean told = tracked && !assumed.equals(Optional.of(visit.state()));
				assumed.map(state -> new Visit(state, visit.trace())).map(
						next -> told ? step(next, span, compare.text()) : next)
						.ifPresent(next -> arrive(edge.target(), next));
			}
		}
	}

	private static Visit step(Visit visit, Span span, String text) {
		return new Visit(visit.state(), visit.trace().then(span, text));
	}
}
