// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Variable;

/**
 * Runs a function on every path there is, one after the other, calls included, and notes what goes wrong and whose fault
 * it is: what the engine ought to find in that function. Shares nothing with the engine. Confined to one thread.
 */
final class AllPaths {
	private static final int MOST_PATHS = 2000;
	/** How often a node is passed on one run of a function: bounds loops. */
	private static final int MOST_PASSES = 4;

	private enum State {
		LIVE, FAILED, SENT, FREED, ESCAPED, GIVEN, DONE
	}

	/** A value: what is asked of it first decides. */
	private static class Value {
		@Nullable
		Boolean truth;
		@Nullable
		Boolean absent;
	}

	private static final class Block extends Value {
		State state = State.LIVE;
		/** Undecided where the caller has made the block. */
		Flag flag = Flag.UNKNOWN;
		Optional<Family> family = Optional.empty();
		/** The function that has to see to the block, and the line in it where the block comes from. */
		@Nullable
		Frame owner;
		int line;
		/** The function in which the block went. */
		@Nullable
		Frame undertaker;
		boolean shared;
	}

	private static final class Cell extends Value {
		boolean rooted;
		@Nullable
		Value content;
	}

	private static final class Frame {
		final FlowGraph graph;
		final @Nullable Frame caller;
		final Map<Integer, Value> variables = new HashMap<>();
		int node;

		Frame(FlowGraph graph, @Nullable Frame caller) {
			this.graph = graph;
			this.caller = caller;
		}

		int line() {
			return graph.nodes().get(node).operation().span().offset();
		}
	}

	/** The path cannot go on: nobody catches, or the loop has been round often enough. */
	private static final class Stop extends RuntimeException {
		private static final long serialVersionUID = 1L;

		Stop() {
			super("stop", null, false, false);
		}
	}

	private record Left(boolean thrown, Value result) {}

	private final Map<String, FlowGraph> functions;
	private final Frame root;
	private final TreeSet<String> findings = new TreeSet<>();
	private final List<Boolean> choices = new ArrayList<>();
	private int chosen;
	private final List<Block> blocks = new ArrayList<>();
	private boolean complete = true;

	AllPaths(List<FlowGraph> program, FlowGraph function) {
		functions = new HashMap<>();
		program.forEach(graph -> functions.put(graph.function(), graph));
		root = new Frame(function, null);
		int paths = 0;
		do {
			runOnce();
			paths++;
		} while (next() && paths < MOST_PATHS);
		complete &= paths < MOST_PATHS;
	}

	/** {@code line rule} for all that goes wrong on some path. */
	TreeSet<String> findings() {
		return findings;
	}

	/** Whether there were no more paths than were run, loops aside. */
	boolean complete() {
		return complete;
	}

	private void runOnce() {
		chosen = 0;
		blocks.clear();
		root.variables.clear();
		List<Variable> parameters = root.graph.parameters();
		root.variables.put(parameters.get(0).index(), given());
		var object = new Cell();
		object.absent = false;
		object.rooted = true;
		root.variables.put(parameters.get(1).index(), object);
		root.variables.put(parameters.get(2).index(), new Value());
		try {
			run(root);
		} catch (Stop e) {
			// nothing more to see on this path
		}
	}

	private Block given() {
		var block = new Block();
		block.state = State.GIVEN;
		return block;
	}

	private boolean next() {
		while (!choices.isEmpty() && choices.get(choices.size() - 1)) {
			choices.remove(choices.size() - 1);
		}
		if (choices.isEmpty()) {
			return false;
		}
		choices.set(choices.size() - 1, true);
		return true;
	}

	private boolean choose() {
		if (chosen == choices.size()) {
			choices.add(false);
		}
		return choices.get(chosen++);
	}

	private void report(Block block, String rule, Frame blamed) {
		if (blamed == root) {
			findings.add(root.line() + " " + rule);
		}
		block.state = State.DONE;
	}

	private Value value(Frame frame, Variable variable) {
		return frame.variables.computeIfAbsent(variable.index(), index -> new Value());
	}

	private Optional<Block> block(Frame frame, Variable variable) {
		return value(frame, variable) instanceof Block block && !absent(block) ? Optional.of(block) : Optional.empty();
	}

	private boolean absent(Value value) {
		Boolean known = value.absent;
		boolean absent = known == null ? choose() : known;
		value.absent = absent;
		return absent;
	}

	private Left run(Frame frame) {
		var passes = new HashMap<Integer, Integer>();
		frame.node = 0;
		while (true) {
			if (passes.merge(frame.node, 1, Integer::sum) > MOST_PASSES) {
				throw new Stop();
			}
			HeapOp operation = frame.graph.nodes().get(frame.node).operation();
			if (operation instanceof HeapOp.Exit exit) {
				return leave(frame, exit.kind());
			}
			boolean thrown = apply(frame, operation);
			lose(frame);
			frame.node = follow(frame, thrown);
		}
	}

	private int follow(Frame frame, boolean thrown) {
		List<FlowGraph.Edge> open = new ArrayList<>();
		for (FlowGraph.Edge edge : frame.graph.nodes().get(frame.node).next()) {
			if (edge.guard() instanceof Guard.Throws == thrown && allows(frame, edge.guard())) {
				open.add(edge);
			}
		}
		for (FlowGraph.Edge edge : open) {
			if (edge == open.get(open.size() - 1) || choose()) {
				return edge.target();
			}
		}
		throw new Stop();
	}

	private boolean allows(Frame frame, Guard guard) {
		if (!(guard instanceof Guard.Compare compare)) {
			return true;
		}
		Value value = value(frame, compare.variable());
		if (compare.constant().equals(Constant.NULL)) {
			return absent(value) == compare.equal();
		}
		Boolean known = value.truth;
		boolean truth = known == null ? choose() : known;
		value.truth = truth;
		return truth == compare.equal();
	}

	/** Whether the operation throws. */
	private boolean apply(Frame frame, HeapOp operation) {
		switch (operation) {
			case HeapOp.Allocate allocate -> allocate(frame, allocate);
			case HeapOp.Free free -> block(frame, free.block()).ifPresent(block -> free(frame, block, free.family()));
			case HeapOp.Close close -> block(frame, close.owner()).filter(block -> !gone(block) && block.state != State.DONE)
					.ifPresent(block -> die(frame, block, State.FREED));
			case HeapOp.Send send -> {
				var status = new Value();
				block(frame, send.message()).ifPresent(block -> send(frame, block, status));
				frame.variables.put(send.status().index(), status);
			}
			case HeapOp.Use use -> block(frame, use.value()).filter(AllPaths::gone).ifPresent(
					block -> report(block, block.state == State.SENT ? "use after send" : "use after free", undertaker(block)));
			case HeapOp.Copy copy -> frame.variables.put(copy.target().index(), value(frame, copy.source()));
			case HeapOp.Assign assign -> frame.variables.put(assign.target().index(), constant(assign.value().orElseThrow()));
			case HeapOp.New made -> {
				var cell = new Cell();
				cell.absent = false;
				var content = new Value();
				content.absent = true;
				cell.content = content;
				frame.variables.put(made.result().index(), cell);
			}
			case HeapOp.Load load -> frame.variables.put(load.result().index(), content((Cell) value(frame, load.object())));
			case HeapOp.Store store -> {
				var cell = (Cell) value(frame, store.object());
				Value stored = value(frame, store.value());
				cell.content = stored;
				if (cell.rooted && stored instanceof Block block) {
					block.shared = true;
				}
			}
			case HeapOp.Escape escape -> block(frame, escape.value()).filter(
					block -> block.state == State.LIVE || block.state == State.FAILED || block.state == State.GIVEN)
					.ifPresent(block -> block.state = State.ESCAPED);
			case HeapOp.Call call -> {
				return call(frame, call);
			}
			case HeapOp.Invoke invoke -> {
				return choose();
			}
			default -> {
			}
		}
		return false;
	}

	private Value content(Cell cell) {
		Value content = cell.content;
		if (content == null) {
			content = given();
			cell.content = content;
		}
		return content;
	}

	private static Value constant(Constant constant) {
		var value = new Value();
		value.absent = constant.equals(Constant.NULL);
		value.truth = constant.equals(Constant.TRUE) || constant.equals(Constant.STATUS_OK);
		return value;
	}

	private void allocate(Frame frame, HeapOp.Allocate allocate) {
		if (allocate.nullable() && choose()) {
			frame.variables.put(allocate.result().index(), constant(Constant.NULL));
			return;
		}
		var block = new Block();
		block.absent = false;
		block.flag = allocate.flag();
		block.family = Optional.of(allocate.family());
		block.owner = frame;
		block.line = frame.line();
		blocks.add(block);
		frame.variables.put(allocate.result().index(), block);
	}

	private static boolean gone(Block block) {
		return block.state == State.FREED || block.state == State.SENT;
	}

	private Frame undertaker(Block block) {
		Frame frame = block.undertaker;
		return frame == null ? root : frame;
	}

	private static void die(Frame frame, Block block, State state) {
		block.state = state;
		block.undertaker = frame;
	}

	private void free(Frame frame, Block block, Family family) {
		if (block.state == State.DONE) {
			return;
		}
		Frame owner = block.owner;
		if (owner != null && block.family.filter(family::equals).isEmpty()) {
			report(block, "wrong free", owner);
		} else if (gone(block)) {
			report(block, "double free", undertaker(block));
		} else {
			die(frame, block, State.FREED);
		}
	}

	private void send(Frame frame, Block block, Value status) {
		if (block.state == State.DONE) {
			return;
		}
		if (block.state == State.FREED) {
			report(block, "use after free", undertaker(block));
			return;
		}
		if (block.flag == Flag.UNKNOWN) {
			block.flag = choose() ? Flag.AUTO : Flag.MANUAL;
		}
		if (block.flag == Flag.MANUAL) {
			return;
		}
		if (block.state == State.SENT) {
			report(block, "sent twice", undertaker(block));
			return;
		}
		boolean ok = choose();
		status.truth = ok;
		if (ok) {
			die(frame, block, State.SENT);
		} else if (block.state != State.ESCAPED) {
			block.state = State.FAILED;
		}
	}

	private boolean call(Frame frame, HeapOp.Call call) {
		FlowGraph graph = Optional.ofNullable(functions.get(call.targets().get(0))).orElseThrow();
		var callee = new Frame(graph, frame);
		for (int index = 0; index < call.arguments().size(); index++) {
			callee.variables.put(graph.parameters().get(index).index(), value(frame, call.arguments().get(index)));
		}
		Left left = run(callee);
		for (Block block : blocks) {
			if (block.owner == callee) {
				block.owner = frame;
				block.line = frame.line();
			}
		}
		var seen = new HashSet<Block>(blocks);
		root.variables.values().forEach(value -> collect(value, seen));
		callee.variables.values().forEach(value -> collect(value, seen));
		seen.stream().filter(block -> block.undertaker == callee).forEach(block -> block.undertaker = frame);
		frame.variables.put(call.result().index(), left.result());
		return left.thrown();
	}

	private static void collect(@Nullable Value value, Set<Block> into) {
		if (value instanceof Block block) {
			into.add(block);
		} else if (value instanceof Cell cell) {
			collect(cell.content, into);
		}
	}

	private Left leave(Frame frame, ExitKind kind) {
		boolean thrown = kind == ExitKind.THROW || kind == ExitKind.EXCEPTION;
		Value result = kind == ExitKind.RETURN ? value(frame, frame.graph.result().orElseThrow()) : new Value();
		var kept = new HashSet<Block>();
		collect(result, kept);
		frame.graph.parameters().forEach(parameter -> {
			if (value(frame, parameter) instanceof Cell cell) {
				collect(cell, kept);
			}
		});
		for (Block block : blocks) {
			if (block.owner == frame && !kept.contains(block)) {
				leak(frame, block);
			}
		}
		return new Left(thrown, result);
	}

	private void lose(Frame frame) {
		var held = new HashSet<Block>();
		for (Frame each = frame; each != null; each = each.caller) {
			FlowGraph graph = each.graph;
			each.variables.forEach((index, value) -> {
				if (graph.variables().get(index).named()) {
					collect(value, held);
				}
			});
		}
		for (Variable parameter : root.graph.parameters()) {
			if (value(root, parameter) instanceof Cell cell) {
				collect(cell, held);
			}
		}
		for (Block block : blocks) {
			if (block.owner == frame && !held.contains(block)) {
				leak(frame, block);
			}
		}
	}

	private void leak(Frame frame, Block block) {
		if ((block.state == State.LIVE || block.state == State.FAILED) && !block.shared && frame == root) {
			findings.add(block.line + (block.state == State.LIVE ? " leak" : " leak after failed send"));
		}
		block.state = State.DONE;
	}
}
