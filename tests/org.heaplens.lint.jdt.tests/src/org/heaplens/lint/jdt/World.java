
package org.heaplens.lint.jdt;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Runs a {@link Program} on every path there is, one after the other, and notes what goes wrong: what the linter ought
 * to find. Confined to one thread.
 */
final class World {
	private enum State {
		LIVE, FAILED, SENT, FREED, ESCAPED, DONE
	}

	private static final class Block {
		final boolean manual;
		final int line;
		State state = State.LIVE;

		Block(boolean manual, int line) {
			this.manual = manual;
			this.line = line;
		}
	}

	/** Nothing is looked at behind a return. */
	private static final class Returned extends Exception {
		private static final long serialVersionUID = 1L;
	}

	private static final String LEAKED = " leaked-manual-block";
	private static final String UNSENT = " unsent-auto-block";

	private final TreeSet<String> findings = new TreeSet<>();
	/** Lines of allocations whose block no variable holds any more while the function goes on. */
	private final TreeSet<String> lost = new TreeSet<>();
	/** The outcomes that are chosen on this path, and how far it has come. */
	private final List<Boolean> choices = new ArrayList<>();
	private int chosen;
	private final @Nullable Block[] variables = new Block[Program.VARIABLES];
	private final @Nullable Boolean[] flags = new Boolean[Program.FLAGS];
	private final List<Block> blocks = new ArrayList<>();

	/** {@code line rule} for all that goes wrong on some path. */
	static TreeSet<String> findings(Program program) {
		var world = new World();
		do {
			world.runOnce(program);
		} while (world.next());
		for (String line : world.lost) {
			if (!world.findings.contains(line + LEAKED) && !world.findings.contains(line + UNSENT)) {
				world.findings.add(line + " lost-block");
			}
		}
		return world.findings;
	}

	private void runOnce(Program program) {
		chosen = 0;
		blocks.clear();
		java.util.Arrays.fill(variables, null);
		java.util.Arrays.fill(flags, null);
		try {
			run(program.statements());
		} catch (Returned e) {
			// the path ends here as well
		}
		java.util.Arrays.fill(variables, null);
		collect(true);
	}

	/** The next path in binary order. */
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

	/** Blocks that no variable holds any more are lost, or leaked if that is so because the function ends. */
	private void collect(boolean end) {
		for (Block block : blocks) {
			boolean held = java.util.Arrays.asList(variables).contains(block);
			if (!held && block.state == State.LIVE && end) {
				findings.add(block.line + (block.manual ? LEAKED : UNSENT));
			} else if (!held && block.state == State.LIVE) {
				lost.add(Integer.toString(block.line));
			} else if (!held && block.state == State.FAILED) {
				findings.add(block.line + " leak-on-send-failure");
			}
			if (!held) {
				block.state = State.DONE;
			}
		}
	}

	private void run(List<Program.Statement> statements) throws Returned {
		for (Program.Statement statement : statements) {
			run(statement);
			collect(false);
		}
	}

	private void run(Program.Statement statement) throws Returned {
		switch (statement) {
			case Program.Allocate allocate -> {
				Block block = choose() ? new Block(allocate.manual(), allocate.line()) : null;
				variables[allocate.variable()] = block;
				if (block != null) {
					blocks.add(block);
				}
			}
			case Program.Free free -> free(variables[free.variable()], free.line());
			case Program.Close close -> close(variables[close.variable()]);
			case Program.Send send -> {
				boolean ok = choose();
				flags[send.status()] = ok;
				send(variables[send.variable()], ok, send.line());
			}
			case Program.Store store -> escape(variables[store.variable()]);
			case Program.Clear clear -> variables[clear.variable()] = null;
			case Program.Copy copy -> variables[copy.target()] = variables[copy.source()];
			case Program.Return exit -> throw new Returned();
			case Program.IfFlag choice -> run(
					flag(choice.flag()) == choice.sense() ? choice.then() : choice.otherwise());
			case Program.IfNull choice -> run(
					(variables[choice.variable()] == null) == choice.sense() ? choice.then() : choice.otherwise());
			case Program.Guarded guarded -> {
				try {
					run(guarded.body());
				} finally {
					run(guarded.last());
				}
			}
		}
	}

	private boolean flag(int index) {
		Boolean known = flags[index];
		boolean value = known == null ? choose() : known;
		flags[index] = value;
		return value;
	}

	private void free(@Nullable Block block, int line) {
		if (block == null) {
			return;
		}
		switch (block.state) {
			case FREED, SENT -> {
				findings.add(line + " double-free");
				block.state = State.DONE;
			}
			case LIVE, FAILED, ESCAPED -> block.state = State.FREED;
			case DONE -> {
			}
		}
	}

	private static void close(@Nullable Block block) {
		if (block != null && block.state != State.SENT && block.state != State.DONE) {
			block.state = State.FREED;
		}
	}

	private void send(@Nullable Block block, boolean ok, int line) {
		if (block == null) {
			return;
		}
		if (block.state == State.FREED) {
			findings.add(line + " use-after-free");
			block.state = State.DONE;
			return;
		}
		if (block.manual) {
			return;
		}
		switch (block.state) {
			case LIVE, FAILED -> block.state = ok ? State.SENT : State.FAILED;
			case ESCAPED -> block.state = ok ? State.SENT : State.ESCAPED;
			case SENT -> {
				findings.add(line + " sent-twice");
				block.state = State.DONE;
			}
			case FREED, DONE -> {
			}
		}
	}

	private static void escape(@Nullable Block block) {
		if (block != null && (block.state == State.LIVE || block.state == State.FAILED)) {
			block.state = State.ESCAPED;
		}
	}
}
