// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Variable;

/** Which variables are read later, for each node of a graph. Immutable. */
final class Liveness {
	private final FlowGraph graph;
	private final List<BitSet> after = new ArrayList<>();
	private final List<BitSet> before = new ArrayList<>();

	Liveness(FlowGraph graph) {
		this.graph = graph;
		for (int node = 0; node < graph.nodes().size(); node++) {
			after.add(new BitSet());
			before.add(new BitSet());
		}
		boolean changed = true;
		while (changed) {
			changed = false;
			for (int node = graph.nodes().size() - 1; node >= 0; node--) {
				changed |= update(node);
			}
		}
	}

	/** Indexes of the variables that are read on some way from the end of the node, its tests included. */
	BitSet after(int node) {
		return after.get(node);
	}

	/** Indexes of the variables that are read on some way from the start of the node. */
	BitSet before(int node) {
		return before.get(node);
	}

	/** The variables that some operation reads, other than by testing them. */
	Set<Variable> handled() {
		var handled = new HashSet<Variable>();
		graph.nodes().forEach(node -> handled.addAll(used(node.operation())));
		return handled;
	}

	/** The nodes from which control may reach the site: elsewhere there is nothing to wait for. */
	BitSet reaching(int site) {
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

	private boolean update(int node) {
		BitSet out = after.get(node);
		for (FlowGraph.Edge edge : graph.nodes().get(node).next()) {
			out.or(before.get(edge.target()));
			if (edge.guard() instanceof Guard.Compare compare) {
				out.set(compare.variable().index());
			} else if (edge.guard() instanceof Guard.Exhausted exhausted) {
				out.set(exhausted.container().index());
			}
		}
		var in = (BitSet) out.clone();
		HeapOp operation = graph.nodes().get(node).operation();
		defined(operation).forEach(variable -> in.clear(variable.index()));
		used(operation).forEach(variable -> in.set(variable.index()));
		if (in.equals(before.get(node))) {
			return false;
		}
		before.set(node, in);
		return true;
	}

	private List<Variable> used(HeapOp operation) {
		return switch (operation) {
			case HeapOp.Allocate allocate -> Stream.concat(allocate.flagFrom().stream(), allocate.size().stream()).toList();
			case HeapOp.New made -> List.of();
			case HeapOp.Load load -> List.of(load.object());
			case HeapOp.Store store -> List.of(store.object(), store.value());
			case HeapOp.Put put -> List.of(put.container(), put.value());
			case HeapOp.Take take -> List.of(take.container());
			case HeapOp.Rewind rewind -> List.of(rewind.container());
			case HeapOp.Call call -> call.arguments();
			case HeapOp.Use use -> List.of(use.value());
			case HeapOp.Free free -> List.of(free.block());
			case HeapOp.Close close -> List.of(close.owner());
			case HeapOp.Send send -> List.of(send.message());
			case HeapOp.Hold hold -> List.of(hold.holder(), hold.part());
			case HeapOp.Derive derive -> List.of(derive.result(), derive.from());
			case HeapOp.Copy copy -> List.of(copy.source());
			case HeapOp.Escape escape -> List.of(escape.value());
			case HeapOp.Lend lend -> List.of(lend.value());
			case HeapOp.Inspect inspect -> List.of(inspect.value());
			case HeapOp.Join join -> List.of();
			case HeapOp.Receive receive -> List.of(receive.result());
			case HeapOp.Assign assign -> List.of();
			case HeapOp.Invoke invoke -> List.of();
			case HeapOp.Test test -> List.of();
			case HeapOp.EndScope end -> List.of();
			case HeapOp.Exit exit -> exit.kind() == ExitKind.RETURN ? graph.result().stream().toList() : List.of();
		};
	}

	private static List<Variable> defined(HeapOp operation) {
		return switch (operation) {
			case HeapOp.Allocate allocate -> Stream.concat(Stream.of(allocate.result()), allocate.status().stream()).toList();
			case HeapOp.New made -> List.of(made.result());
			case HeapOp.Load load -> List.of(load.result());
			case HeapOp.Take take -> List.of(take.result());
			case HeapOp.Call call -> List.of(call.result());
			case HeapOp.Store store -> List.of();
			case HeapOp.Put put -> List.of();
			case HeapOp.Rewind rewind -> List.of();
			case HeapOp.Use use -> List.of();
			case HeapOp.Receive receive -> List.of(receive.result());
			case HeapOp.Send send -> List.of(send.status());
			case HeapOp.Copy copy -> List.of(copy.target());
			case HeapOp.Assign assign -> List.of(assign.target());
			case HeapOp.EndScope end -> end.variables();
			case HeapOp.Free free -> List.of();
			case HeapOp.Close close -> List.of();
			case HeapOp.Hold hold -> List.of();
			case HeapOp.Derive derive -> List.of();
			case HeapOp.Escape escape -> List.of();
			case HeapOp.Lend lend -> List.of();
			case HeapOp.Inspect inspect -> List.of();
			case HeapOp.Join join -> List.of();
			case HeapOp.Invoke invoke -> List.of();
			case HeapOp.Test test -> List.of();
			case HeapOp.Exit exit -> List.of();
		};
	}
}
