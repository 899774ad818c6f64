// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The control flow of one function: a node for each operation, starting at node 0. Immutable; made by a
 * {@link Builder}.
 */
public final class FlowGraph {
	/** An edge to the node with index {@code target}, taken when {@code guard} allows. */
	public record Edge(int target, Guard guard) {}

	/** An operation and what may follow it. */
	public record Node(HeapOp operation, List<Edge> next) {}

	private final String file;
	private final String function;
	private final List<Node> nodes;
	private final List<Variable> variables;
	private final List<List<Integer>> dependents;
	private final List<Variable> parameters;
	private final Optional<Variable> result;

	private FlowGraph(Builder builder) {
		var collected = new ArrayList<Node>(builder.operations.size());
		for (int index = 0; index < builder.operations.size(); index++) {
			collected.add(new Node(builder.operations.get(index), List.copyOf(builder.edges.get(index))));
		}
		this.file = builder.file;
		this.function = builder.function;
		this.nodes = Collections.unmodifiableList(collected);
		this.variables = List.copyOf(builder.variables);
		this.dependents = builder.dependents.stream().map(List::copyOf).toList();
		this.parameters = List.copyOf(builder.parameters);
		this.result = builder.result;
	}

	/** How findings name the file the function stands in. */
	public String file() {
		return file;
	}

	/** The qualified name of the function, with its parameter types; the same wherever it stands in the file. Calls name it. */
	public String function() {
		return function;
	}

	/** What callers hand in, in their order; the object a method is called on is the first. */
	public List<Variable> parameters() {
		return parameters;
	}

	/** Holds what the function returns when it is left by a return statement; empty if it returns nothing. */
	public Optional<Variable> result() {
		return result;
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
		private final String file;
		private final String function;
		private final List<Variable> parameters = new ArrayList<>();
		private Optional<Variable> result = Optional.empty();
		private final List<HeapOp> operations = new ArrayList<>();
		private final List<List<Edge>> edges = new ArrayList<>();
		private final List<Variable> variables = new ArrayList<>();
		private final List<List<Integer>> dependents = new ArrayList<>();

		/**
		 * @param file     how findings name the file
		 * @param function see {@link FlowGraph#function()}
		 */
		public Builder(String file, String function) {
			this.file = file;
			this.function = function;
		}

		/** Says that callers hand in one more value. */
		public void parameter(Variable variable) {
			parameters.add(variable);
		}

		/** Says which variable holds what is returned. */
		public void result(Variable variable) {
			result = Optional.of(variable);
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
			return new FlowGraph(this);
		}
	}
}
