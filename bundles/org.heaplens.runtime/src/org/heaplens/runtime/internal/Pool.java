// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.List;

import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.HiaiStatus;

/**
 * Whether heaps are open for requests, which the graphs decide: without a graph there may be none, and the host's is closed while the
 * oldest graph ends. Threads share it.
 */
final class Pool {
	private final boolean lazy;
	private final boolean followsFirst;
	/** In the order of their creation, each until it has ended. */
	private final List<Object> graphs = new ArrayList<>();
	private final List<Object> ending = new ArrayList<>();
	private volatile Answer answer;
	private volatile int era;

	/** What a request is told: to go on, or why not. */
	enum Answer {
		/** The heap is open. */
		OPEN(HiaiStatus.OK, MisuseReason.NONE),
		/** There is no graph. */
		NO_GRAPH(HiaiStatus.GRAPH_NOT_EXIST, MisuseReason.NO_GRAPH),
		/** The oldest graph is ending. */
		STOPPED(HiaiStatus.GRAPH_MEMORY_POOL_STOPPED, MisuseReason.POOL_STOPPED);

		private final HiaiStatus status;
		private final MisuseReason reason;

		Answer(HiaiStatus status, MisuseReason reason) {
			this.status = status;
			this.reason = reason;
		}

		HiaiStatus status() {
			return status;
		}

		MisuseReason reason() {
			return reason;
		}
	}

	/**
	 * @param lazy         whether heaps are there without a graph
	 * @param followsFirst whether the host's heap stops while the first graph ends
	 */
	Pool(boolean lazy, boolean followsFirst) {
		this.lazy = lazy;
		this.followsFirst = followsFirst;
		this.answer = lazy ? Answer.OPEN : Answer.NO_GRAPH;
	}

	/** Opens the heaps for a graph, before its engines are made. */
	synchronized void begin(Object graph) {
		graphs.add(graph);
		update();
	}

	/** The graph is being destroyed. */
	synchronized void end(Object graph) {
		if (graphs.contains(graph) && !ending.contains(graph)) {
			ending.add(graph);
		}
		update();
	}

	/** The graph is gone. */
	synchronized void ended(Object graph) {
		ending.remove(graph);
		if (graphs.remove(graph) && graphs.isEmpty()) {
			era++;
		}
		update();
	}

	private void update() {
		if (graphs.isEmpty()) {
			answer = lazy ? Answer.OPEN : Answer.NO_GRAPH;
		} else {
			answer = followsFirst && ending.contains(graphs.get(0)) ? Answer.STOPPED : Answer.OPEN;
		}
	}

	/** The answer to requests on that side. */
	Answer answer(Side side) {
		Answer now = answer;
		return now == Answer.STOPPED && side == Side.DEVICE ? Answer.OPEN : now;
	}

	/** The number of times that the last graph has ended: a block of an earlier one has outlived its pool. */
	int era() {
		return era;
	}

	/** Whether a block of that era has no pool any more. */
	synchronized boolean isGone(int eraOfBlock) {
		return graphs.isEmpty() && eraOfBlock < era;
	}

	/** Whether what outlived its pool can be given back all the same. */
	boolean reclaims() {
		return lazy;
	}
}
