// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/**
 * A few random functions of which later ones call earlier ones: flow graphs, and the same in a form to be read. The
 * offset of a span is the number of its line.
 */
final class RandomFunctions {
	static final Field FIELD = new Field("", "x", false);
	private static final int BLOCKS = 3;

	private final Random random;
	private final List<FlowGraph> graphs = new ArrayList<>();
	private final StringBuilder text = new StringBuilder();
	private int line;
	private int indent;
	private FlowGraph.Builder builder = new FlowGraph.Builder("", "");
	private final List<Variable> blocks = new ArrayList<>();
	private final List<Variable> objects = new ArrayList<>();
	private final List<Variable> truths = new ArrayList<>();
	private Variable status = new Variable(0, "");
	private Variable result = new Variable(0, "");
	/** The nodes from which control goes on, with the guards under which it does. */
	private List<Loose> loose = new ArrayList<>();
	/** Edges of calls that throw, as far as there is somebody to catch. */
	private Optional<List<Loose>> thrown = Optional.empty();

	private record Loose(int node, Guard guard) {}

	RandomFunctions(Random random) {
		this.random = random;
		int functions = 1 + random.nextInt(3);
		for (int function = 0; function < functions; function++) {
			graphs.add(function(function));
		}
	}

	List<FlowGraph> graphs() {
		return graphs;
	}

	/** With the number of each line. */
	@Override
	public String toString() {
		return text.toString();
	}

	private Span say(String words) {
		line++;
		text.append(line).append('\t').append("  ".repeat(indent)).append(words).append('\n');
		return new Span(line, 1);
	}

	private FlowGraph function(int number) {
		builder = new FlowGraph.Builder("F", "f" + number);
		blocks.clear();
		objects.clear();
		truths.clear();
		loose = new ArrayList<>();
		thrown = Optional.empty();
		Variable parameter = builder.variable("p");
		Variable object = builder.variable("o");
		Variable truth = builder.variable("c");
		List.of(parameter, object, truth).forEach(builder::parameter);
		for (int block = 0; block < BLOCKS; block++) {
			blocks.add(builder.variable("b" + block));
		}
		objects.add(object);
		objects.add(builder.variable("n"));
		truths.add(truth);
		truths.add(builder.variable("d"));
		status = builder.variable("s");
		result = builder.variable("result");
		builder.result(result);
		Span span = say("f" + number + "(p, o, c) {");
		indent++;
		// Any call may throw; functions say so themselves, so that there is nothing to guess.
		int first = add(new HeapOp.Invoke(span));
		int out = builder.node(new HeapOp.Exit(ExitKind.EXCEPTION, span));
		builder.edge(first, out, new Guard.Throws("throws"));
		for (Variable block : blocks) {
			add(new HeapOp.Assign(block, Optional.of(Constant.NULL), span));
		}
		add(new HeapOp.New(objects.get(1), span));
		add(new HeapOp.Store(objects.get(1), FIELD, blocks.get(0), span));
		add(new HeapOp.Assign(status, Optional.of(Constant.STATUS_OK), span));
		blocks.add(parameter);
		boolean catches = random.nextInt(3) == 0;
		var caught = new ArrayList<Loose>();
		if (catches) {
			say("try {");
			indent++;
			thrown = Optional.of(caught);
		}
		block(2, 8);
		thrown = Optional.empty();
		leave(random.nextInt(3) == 0 ? ExitKind.RETURN : ExitKind.END);
		if (catches) {
			indent--;
			say("} on exception {");
			indent++;
			loose = caught;
			if (!loose.isEmpty()) {
				block(1, 2);
				leave(random.nextBoolean() ? ExitKind.EXCEPTION : ExitKind.END);
			}
			indent--;
			say("}");
		}
		indent--;
		say("}");
		return builder.build();
	}

	private int add(HeapOp operation) {
		int node = builder.node(operation);
		loose.forEach(from -> builder.edge(from.node(), node, from.guard()));
		loose = new ArrayList<>(List.of(new Loose(node, Guard.ALWAYS)));
		if (operation instanceof HeapOp.Call || operation instanceof HeapOp.Invoke) {
			thrown.ifPresent(caught -> caught.add(new Loose(node, new Guard.Throws("throws"))));
		}
		return node;
	}

	private <T> T one(List<T> of) {
		return of.get(random.nextInt(of.size()));
	}

	private Variable local() {
		return blocks.get(random.nextInt(BLOCKS));
	}

	private void leave(ExitKind kind) {
		if (loose.isEmpty()) {
			return;
		}
		if (kind == ExitKind.RETURN) {
			Variable returned = one(blocks);
			Span span = say("return " + returned.name());
			add(new HeapOp.Copy(result, returned, span));
			add(new HeapOp.Exit(kind, span));
		} else {
			add(new HeapOp.Exit(kind, say(kind == ExitKind.END ? "return" : "throw")));
		}
		loose = new ArrayList<>();
	}

	private void block(int depth, int most) {
		int size = 1 + random.nextInt(most);
		for (int index = 0; index < size && !loose.isEmpty(); index++) {
			statement(depth);
		}
	}

	private void statement(int depth) {
		switch (random.nextInt(depth > 0 ? 26 : 19)) {
			case 0, 1, 2 -> {
				Variable block = local();
				Flag flag = random.nextBoolean() ? Flag.MANUAL : Flag.AUTO;
				boolean nullable = random.nextInt(3) == 0;
				Span span = say(block.name() + " = allocate(" + flag + (nullable ? ", may be null" : "") + ")");
				add(new HeapOp.Allocate(block, Family.D, flag, Optional.empty(), Optional.empty(), Optional.empty(), nullable,
						span));
			}
			case 3, 4, 5 -> {
				Variable block = one(blocks);
				Family family = random.nextInt(10) == 0 ? Family.DVPP : Family.D;
				add(new HeapOp.Free(block, family, say("free" + family.name() + "(" + block.name() + ")")));
			}
			case 6 -> {
				Variable block = one(blocks);
				add(new HeapOp.Close(block, say("close(" + block.name() + ")")));
			}
			case 7, 8 -> {
				Variable block = one(blocks);
				add(new HeapOp.Send(block, status, say("s = send(" + block.name() + ")")));
			}
			case 9 -> {
				Variable block = one(blocks);
				add(new HeapOp.Use(block, false, "read", say("use(" + block.name() + ")")));
			}
			case 10 -> {
				Variable block = local();
				add(new HeapOp.Assign(block, Optional.of(Constant.NULL), say(block.name() + " = null")));
			}
			case 11 -> {
				Variable target = local();
				Variable source = one(blocks);
				add(new HeapOp.Copy(target, source, say(target.name() + " = " + source.name())));
			}
			case 12 -> {
				Variable object = one(objects);
				Variable block = one(blocks);
				add(new HeapOp.Store(object, FIELD, block, say(object.name() + ".x = " + block.name())));
			}
			case 13, 14 -> {
				Variable object = one(objects);
				Variable block = local();
				add(new HeapOp.Load(block, object, FIELD, say(block.name() + " = " + object.name() + ".x")));
			}
			case 15 -> {
				Variable truth = truths.get(1);
				Constant value = new Constant.Truth(random.nextBoolean());
				add(new HeapOp.Assign(truth, Optional.of(value), say(truth.name() + " = " + value)));
			}
			case 16 -> {
				Variable block = one(blocks);
				add(new HeapOp.Escape(block, "kept", say("escape(" + block.name() + ")")));
			}
			case 17 -> add(new HeapOp.Invoke(say("invoke()")));
			case 18, 19, 20 -> call();
			case 21, 22, 23 -> branch(depth);
			case 24 -> loop(depth);
			default -> {
				if (depth < 2) {
					leave(one(List.of(ExitKind.RETURN, ExitKind.END, ExitKind.THROW)));
				}
			}
		}
	}

	private void call() {
		if (graphs.isEmpty()) {
			return;
		}
		FlowGraph callee = one(graphs);
		Variable target = random.nextInt(4) == 0 ? builder.variable("") : local();
		Variable block = one(blocks);
		Variable object = one(objects);
		Variable truth = one(truths);
		Span span = say((target.named() ? target.name() + " = " : "") + callee.function() + "(" + block.name() + ", " + object.name()
				+ ", " + truth.name() + ")");
		add(new HeapOp.Call(target, List.of(callee.function()), List.of(block, object, truth), callee.function(), span));
	}

	private void branch(int depth) {
		Guard.Compare guard = switch (random.nextInt(3)) {
			case 0 -> new Guard.Compare(one(blocks), Constant.NULL, random.nextBoolean(), "null");
			case 1 -> new Guard.Compare(status, Constant.STATUS_OK, random.nextBoolean(), "ok");
			default -> new Guard.Compare(one(truths), Constant.TRUE, random.nextBoolean(), "true");
		};
		int test = add(
				new HeapOp.Test(say("if (" + guard.variable().name() + (guard.equal() ? " == " : " != ") + guard.constant() + ") {")));
		loose = new ArrayList<>(List.of(new Loose(test, guard)));
		indent++;
		block(depth - 1, 3);
		indent--;
		List<Loose> then = loose;
		loose = new ArrayList<>(List.of(
				new Loose(test, new Guard.Compare(guard.variable(), guard.constant(), !guard.equal(), "else"))));
		if (random.nextBoolean()) {
			say("} else {");
			indent++;
			block(depth - 1, 3);
			indent--;
		}
		say("}");
		loose.addAll(then);
		if (!loose.isEmpty()) {
			add(new HeapOp.Join(new Span(line, 1)));
		}
	}

	private void loop(int depth) {
		int test = add(new HeapOp.Test(say("while (?) {")));
		loose = new ArrayList<>(List.of(new Loose(test, new Guard.Opaque("again"))));
		indent++;
		block(depth - 1, 3);
		indent--;
		say("}");
		loose.forEach(end -> builder.edge(end.node(), test, end.guard()));
		loose = new ArrayList<>(List.of(new Loose(test, new Guard.Opaque("done"))));
	}
}
