// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;

/**
 * The functions of a program in groups that call each other, those that are called before those that call (Tarjan's
 * algorithm, without recursion: chains of calls can be long). Confined to one thread, used once.
 */
final class Components {
	private static final class Frame {
		final FlowGraph function;
		final Iterator<FlowGraph> callees;

		Frame(FlowGraph function, Iterator<FlowGraph> callees) {
			this.function = function;
			this.callees = callees;
		}
	}

	private final Program program;
	private final Map<FlowGraph, Integer> numbers = new HashMap<>();
	private final Map<FlowGraph, Integer> lowest = new HashMap<>();
	private final Deque<FlowGraph> open = new ArrayDeque<>();
	private final Set<FlowGraph> waiting = new LinkedHashSet<>();
	private final List<List<FlowGraph>> components = new ArrayList<>();

	Components(Program program) {
		this.program = program;
	}

	List<List<FlowGraph>> find() {
		for (FlowGraph function : program.functions()) {
			if (!numbers.containsKey(function)) {
				visit(function);
			}
		}
		return components;
	}

	/** The functions of the program that a function calls. */
	static Set<FlowGraph> callees(FlowGraph function, Program program) {
		var callees = new LinkedHashSet<FlowGraph>();
		for (FlowGraph.Node node : function.nodes()) {
			if (node.operation() instanceof HeapOp.Call call) {
				call.targets().forEach(target -> program.function(target).ifPresent(callees::add));
			}
		}
		return callees;
	}

	private void visit(FlowGraph start) {
		var frames = new ArrayDeque<Frame>();
		enter(start, frames);
		while (!frames.isEmpty()) {
			Frame frame = frames.getLast();
			if (frame.callees.hasNext()) {
				FlowGraph callee = frame.callees.next();
				if (!numbers.containsKey(callee)) {
					enter(callee, frames);
				} else if (waiting.contains(callee)) {
					lower(frame.function, number(numbers, callee));
				}
			} else {
				frames.removeLast();
				leave(frame.function);
				if (!frames.isEmpty()) {
					lower(frames.getLast().function, number(lowest, frame.function));
				}
			}
		}
	}

	private void enter(FlowGraph function, Deque<Frame> frames) {
		numbers.put(function, numbers.size());
		lowest.put(function, number(numbers, function));
		open.addLast(function);
		waiting.add(function);
		frames.addLast(new Frame(function, callees(function, program).iterator()));
	}

	private void lower(FlowGraph function, int number) {
		lowest.merge(function, number, Math::min);
	}

	private static int number(Map<FlowGraph, Integer> of, FlowGraph function) {
		return of.getOrDefault(function, 0);
	}

	private void leave(FlowGraph function) {
		if (number(lowest, function) != number(numbers, function)) {
			return;
		}
		var component = new ArrayList<FlowGraph>();
		FlowGraph member;
		do {
			member = open.removeLast();
			waiting.remove(member);
			component.add(0, member);
		} while (!member.equals(function));
		components.add(component);
	}
}
