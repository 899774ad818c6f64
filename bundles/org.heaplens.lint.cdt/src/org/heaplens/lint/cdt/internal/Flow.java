// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.ArrayList;
import java.util.List;

import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;

/**
 * A graph under construction, with the edges that wait for the node they lead to. Confined to one thread.
 */
final class Flow {
	/** Functions with more nodes than this are not analysed; generated ones get that far. */
	private static final int MOST_NODES = 50_000;

	/** An edge that leaves {@code node} and leads nowhere yet. */
	record Dangling(int node, Guard guard) {}

	/** The edges on which a condition holds, and the others. */
	record Split(List<Dangling> whenTrue, List<Dangling> whenFalse) {}

	/** The function is too large to be analysed. */
	static final class TooLargeException extends RuntimeException {
		private static final long serialVersionUID = 1L;
	}

	private final FlowGraph.Builder builder;
	private List<Dangling> frontier = new ArrayList<>();

	Flow(FlowGraph.Builder builder) {
		this.builder = builder;
	}

	FlowGraph.Builder builder() {
		return builder;
	}

	boolean reachable() {
		return !frontier.isEmpty();
	}

	/** Adds a node behind all waiting edges, if there are any or it is the first; its index, else -1. */
	int emit(HeapOp operation) {
		if (frontier.isEmpty() && builder.size() > 0) {
			return -1;
		}
		if (builder.size() >= MOST_NODES) {
			throw new TooLargeException();
		}
		int node = builder.node(operation);
		connect(frontier, node);
		frontier = new ArrayList<>(List.of(new Dangling(node, Guard.ALWAYS)));
		return node;
	}

	void connect(List<Dangling> edges, int node) {
		for (Dangling edge : edges) {
			builder.edge(edge.node(), node, edge.guard());
		}
	}

	/** The waiting edges, which wait no more here. */
	List<Dangling> take() {
		List<Dangling> taken = frontier;
		frontier = new ArrayList<>();
		return taken;
	}

	/** Lets these edges wait as well. */
	void join(List<Dangling> edges) {
		frontier.addAll(edges);
	}

	/** Lets these edges wait, and no others. */
	void resume(List<Dangling> edges) {
		frontier = new ArrayList<>(edges);
	}
}
