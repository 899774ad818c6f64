// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;

import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;

/**
 * Follows every block of a function along all of its paths. States of a block are kept apart as long as they differ in
 * something that is asked for later; there are finitely many, so loops come to a fixed point. Stateless.
 */
public final class Simulation {
	private Simulation() {}

	/** What becomes of the blocks that the function allocates or gets. */
	public static Outcome run(FlowGraph graph) {
		var liveness = new Liveness(graph);
		var moments = new ArrayList<Moment>();
		boolean exhausted = false;
		for (int node = 0; node < graph.nodes().size(); node++) {
			HeapOp operation = graph.nodes().get(node).operation();
			if (operation instanceof HeapOp.Allocate || operation instanceof HeapOp.Receive) {
				Outcome outcome = new Tracker(graph, liveness, node).run();
				moments.addAll(outcome.moments());
				exhausted |= outcome.exhausted();
			}
		}
		return new Outcome(moments, exhausted);
	}
}
