// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;

/** Which files of a program may judge each other differently when one of them changes. Immutable. */
public final class RelatedFiles {
	private final List<Set<Integer>> callees = new ArrayList<>();
	private final List<Set<Integer>> callers = new ArrayList<>();

	public RelatedFiles(List<LoweredFile> files) {
		Map<String, Integer> homes = new HashMap<>();
		for (int index = 0; index < files.size(); index++) {
			callees.add(new TreeSet<>());
			callers.add(new TreeSet<>());
			for (FlowGraph function : files.get(index).functions) {
				homes.put(function.function(), index);
			}
		}
		for (int index = 0; index < files.size(); index++) {
			for (FlowGraph function : files.get(index).functions) {
				for (FlowGraph.Node node : function.nodes()) {
					if (node.operation() instanceof HeapOp.Call call) {
						for (String target : call.targets()) {
							link(index, homes.getOrDefault(target, index));
						}
					}
				}
			}
		}
	}

	private void link(int caller, int callee) {
		callees.get(caller).add(callee);
		callers.get(callee).add(caller);
	}

	/** Those that call into the file, and those that any of them calls, by their numbers; not the file itself. */
	public Collection<Integer> of(int file) {
		Set<Integer> judged = closure(Set.of(file), callers);
		Set<Integer> related = closure(judged, callees);
		related.remove(file);
		return related;
	}

	private static Set<Integer> closure(Set<Integer> from, List<Set<Integer>> edges) {
		Set<Integer> reached = new TreeSet<>(from);
		Deque<Integer> open = new ArrayDeque<>(from);
		while (!open.isEmpty()) {
			for (Integer next : edges.get(open.remove())) {
				if (reached.add(next)) {
					open.add(next);
				}
			}
		}
		return reached;
	}
}
