// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The control flow of one function: a node for each operation, starting at node 0. Immutable; made by a
 * {@link Builder}.
 */
public final class FlowGraph {
	/** An edge to the node with index {@code target}, taken when {@code guard} allows. */
	public record Edge(int target, Guard guard) {}

	/** An operation and what may follow it. */
	public record Node(HeapOp operation, List<Edge> next) {}

	private final String function;
	private final List<Node> nodes;
	private final List<Variable> variables;
	private final List<List<Integer>> dependents;

	private FlowGraph(String function, List<Node> nodes, List<Variable> variables, List<List<Integer>> dependents) {
		this.function = function;
		this.nodes = nodes;
		this.variables = variables;
		this.dependents = dependents;
	}

	/** The qualified name of the function, with its parameter types; the same wherever it stands in the file. */
	public String function() {
		return function;
	}

	/** The nodes by their index; control starts at the first. */
	public List<Node> nodes() {
		return nodes;
	}

	/** The variables by their index. */
	public List<Variable> variables() {
		return variables;
	}

	/** Indexes of the conditions whose truth is no longer known once the variable gets another value. */
	public List<Integer> dependents(Variable variable) {
		return dependents.get(variable.index());
	}

	/** Collects the nodes of a graph. Confined to one thread. */
	public static final class Builder {
		private final String function;
		private final List<HeapOp> operations = new ArrayList<>();
		private final List<List<Edge>> edges = new ArrayList<>();
		private final List<Variable> variables = new ArrayList<>();
		private final List<List<Integer>> dependents = new ArrayList<>();

		public Builder(String function) {
			this.function = function;
		}

		/** How many nodes there are so far. */
		public int size() {
			return operations.size();
		}

		/** A new variable; {@code name} is empty for an intermediate result. */
		public Variable variable(String name) {
			var variable = new Variable(variables.size(), name);
			variables.add(variable);
			dependents.add(new ArrayList<>());
			return variable;
		}

		/** Says that {@code condition} is about {@code variable}. */
		public void depends(Variable condition, Variable variable) {
			dependents.get(variable.index()).add(condition.index());
		}

		/** A new node that no edge leaves yet; its index. */
		public int node(HeapOp operation) {
			operations.add(operation);
			edges.add(new ArrayList<>());
			return operations.size() - 1;
		}

		/** A new edge. */
		public void edge(int source, int target, Guard guard) {
			edges.get(source).add(new Edge(target, guard));
		}

		public FlowGraph build() {
			var nodes = new ArrayList<Node>(operations.size());
			for (int index = 0; index < operations.size(); index++) {
				nodes.add(new Node(operations.get(index), List.copyOf(edges.get(index))));
			}
			return new FlowGraph(function, Collections.unmodifiableList(nodes), List.copyOf(variables),
					dependents.stream().map(List::copyOf).toList());
		}
	}
}
