
package org.heaplens.lint.jdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random method without loops that allocates, tests, sends, frees, stores and leaves. It is text for the linter, and
 * can run in a {@link World}.
 */
final class Program {
	/** A statement; {@code line} is where its text stands, 1-based. */
	sealed interface Statement {}

	record Allocate(int variable, boolean manual, int line) implements Statement {}

	record Free(int variable, int line) implements Statement {}

	record Close(int variable) implements Statement {}

	record Send(int variable, int status, int line) implements Statement {}

	record Store(int variable) implements Statement {}

	record Clear(int variable) implements Statement {}

	record Copy(int target, int source) implements Statement {}

	record Return() implements Statement {}

	record IfFlag(int flag, boolean sense, List<Statement> then, List<Statement> otherwise) implements Statement {}

	record IfNull(int variable, boolean sense, List<Statement> then, List<Statement> otherwise) implements Statement {}

	record Guarded(List<Statement> body, List<Statement> last) implements Statement {}

	private final Random random;
	private final boolean copies;
	private final List<String> lines = new ArrayList<>();
	private final List<Statement> statements;

	/** The variables of blocks are b0 and so on, the flags p0 and so on; statuses are flags, too. */
	static final int VARIABLES = 3;
	static final int FLAGS = 4;

	Program(Random random, boolean copies) {
		this.random = random;
		this.copies = copies;
		lines.add("HiaiBuffer kept;");
		lines.add("void f(int n, boolean p0, boolean p1, boolean p2, boolean p3) {");
		lines.add("HiaiBuffer b0 = null, b1 = null, b2 = null;");
		this.statements = block(3, 7);
		lines.add("}");
	}

	List<Statement> statements() {
		return statements;
	}

	/** A line for each line. */
	List<String> lines() {
		return lines;
	}

	private List<Statement> block(int depth, int most) {
		var block = new ArrayList<Statement>();
		int size = 1 + random.nextInt(most);
		for (int index = 0; index < size; index++) {
			Statement statement = statement(depth, index == size - 1);
			block.add(statement);
			if (statement instanceof Return) {
				break;
			}
		}
		return block;
	}

	private int add(String line) {
		lines.add(line);
		return lines.size();
	}

	private Statement statement(int depth, boolean last) {
		int variable = random.nextInt(VARIABLES);
		int flag = random.nextInt(FLAGS);
		int kind = random.nextInt(depth > 0 ? 17 : 11);
		if (kind <= 2) {
			boolean manual = random.nextBoolean();
			return new Allocate(variable, manual, add("b" + variable + " = HiaiMemory.dMalloc(n, 0, "
					+ (manual ? "MANUAL_FREE" : "AUTO_FREE") + ");"));
		}
		if (kind <= 5) {
			return new Free(variable, add("HiaiMemory.dFree(b" + variable + ");"));
		}
		if (kind <= 10) {
			return simple(kind, variable, flag, depth < 3 && last);
		}
		return nested(kind, variable, flag, depth);
	}

	private Statement simple(int kind, int variable, int flag, boolean mayReturn) {
		switch (kind) {
			case 6 -> {
				add("if (b" + variable + " != null) b" + variable + ".close();");
				return new Close(variable);
			}
			case 7 -> {
				return new Send(variable, flag, add("p" + flag + " = sendData(0, \"x\", b" + variable + ") == HiaiStatus.OK;"));
			}
			case 8 -> {
				if (mayReturn) {
					add("return;");
					return new Return();
				}
				add("b" + variable + " = null;");
				return new Clear(variable);
			}
			case 9 -> {
				add("kept = b" + variable + ";");
				return new Store(variable);
			}
			default -> {
				if (copies) {
					int source = random.nextInt(VARIABLES);
					add("b" + variable + " = b" + source + ";");
					return new Copy(variable, source);
				}
				add("b" + variable + " = null;");
				return new Clear(variable);
			}
		}
	}

	private Statement nested(int kind, int variable, int flag, int depth) {
		boolean sense = random.nextBoolean();
		if (kind == 16) {
			add("try {");
			List<Statement> body = block(depth - 1, 3);
			add("} finally {");
			List<Statement> last = block(0, 2);
			add("}");
			return new Guarded(body, last);
		}
		boolean isFlag = kind <= 13;
		add(isFlag
				? "if (" + (sense ? "" : "!") + "p" + flag + ") {"
				: "if (b" + variable + (sense ? " == " : " != ") + "null) {");
		List<Statement> then = block(depth - 1, 3);
		List<Statement> otherwise = List.of();
		if (random.nextBoolean()) {
			add("} else {");
			otherwise = block(depth - 1, 3);
		}
		add("}");
		return isFlag ? new IfFlag(flag, sense, then, otherwise) : new IfNull(variable, sense, then, otherwise);
	}
}
