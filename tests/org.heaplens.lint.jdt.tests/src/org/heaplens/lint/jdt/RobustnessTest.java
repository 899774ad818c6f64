
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.heaplens.lint.Finding;
import org.heaplens.lint.jdt.internal.Parsing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobustnessTest {
	private static final String PROGRAM = """
			package app;
			import org.heaplens.runtime.*;
			import java.util.*;
			public class A extends Engine {
				record Frame(HiaiBuffer data, int width) {}
				sealed interface Shape permits Circle, Square {}
				record Circle(int r) implements Shape {}
				record Square(int a) implements Shape {}
				enum Mode { FAST { void go() { HiaiMemory.dMalloc(1); } }, SLOW; void go() {} }
				@interface Marked { String[] value() default {}; }
				<T extends Comparable<T>> int work(Shape shape, int n, T... more) throws Exception {
					HiaiBuffer b = switch (shape) {
						case Circle(var r) when r > 3 -> HiaiMemory.dMalloc(r);
						case Circle c -> HiaiMemory.dMalloc(n, 1, MemoryAttr.MANUAL_FREE);
						case Square(int a) -> { yield HiaiMemory.dMalloc(a); }
					};
					label: for (int i = 0, j = 1; i < n; i++, j += 2) {
						try (var s = new java.io.StringReader("x")) {
							if (s.read() == (i & 1) || !(n > 3 ^ true)) { continue label; }
							var f = new Frame(b, n);
							Runnable run = () -> { synchronized (this) { HiaiMemory.dFree(b); } };
							int[][] a = { { 1 }, new int[3] };
							a[0][i] += n > 2 ? i++ : --j;
							do { n >>>= 1; assert n > 0 : "n"; } while (n > 0);
							if (sendData(0, "x", f) instanceof HiaiStatus st && st == HiaiStatus.OK) break label;
						} catch (RuntimeException | java.io.IOException e) {
							throw new Exception(e);
						} finally {
							HiaiMemory.dFree(b);
						}
					}
					return new int[] { 1, 2 }[more.length];
				}
			}
			""";

	@ParameterizedTest
	@ValueSource(strings = {"", " ", "class", "class A {", "class A { void f() {", "}}}}", "package", "import ;",
		"class A { void f() { HiaiMemory.dMalloc( } }", "class A { void f() { var b = HiaiMemory.dMalloc(); } }",
		"class A { void f() { break; continue; return 1; yield 2; } }", "\0\0\0", "/* never closed",
		"class A { String s = \"never closed; }", "class A { void f() { switch (HiaiMemory.dMalloc(1)) { case } } }",
		"class A { void f() { try { HiaiMemory.dMalloc(1); } } }", "void main() { HiaiMemory.dFree(null); }",
		"class A { void f() { for (;;) HiaiMemory.dFree(x); } }", "class A { int f = HiaiMemory.dMalloc(1).size(); }",
		"class A { void f() { int sendData = 1; sendData(); sendData(1, 2); dMalloc(3); HiaiMemory.dFree(); } }",
		"class A { A() { HiaiMemory.dMalloc(1); super(); } void f() { break x; continue y; } }"})
	void brokenSourcesAreAnalysed(String source) {
		Snippets.unbound(source);
		Snippets.bound(source);
	}

	@Test
	void theRestOfABrokenFileIsAnalysed() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
				}
				void broken(int n) {
					int x = = 3;
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
				}
				""");
	}

	@Test
	void expressionsThatNeverEndAreNoProblem() {
		String fails = "switch (n) { default -> throw new IllegalStateException(); }";
		for (String statement : List.of("for (int i : # ) { n++; }", "while (#) { n++; }", "if (# == null) { n++; }",
				"switch (#) { case 1 -> n++; default -> { } }", "Object o = #;", "return #;", "throw #;", "f(#, #);",
				"do { n++; } while (#);", "for (; #; ) { n++; }", "Objects.requireNonNull(#);", "boolean x = # && #;",
				"synchronized (#) { n++; }", "try (InputStream in = #) { n++; }", "assert #;", "b = # ? b : #;",
				"if (# instanceof String s && s.isEmpty()) { n++; }", "sendData(0, #, #);", "HiaiMemory.dFree(#);",
				"Object[] a = { # };", "new Thread(#);", "HiaiBuffer c = HiaiMemory.dMalloc(#);")) {
			String source = "Object f(int n) { HiaiBuffer b = HiaiMemory.dMalloc(n); " + statement.replace("#", fails)
					+ " n++; return n; }";
			Snippets.unbound(Snippets.BEFORE + source + Snippets.AFTER);
			Snippets.bound(Snippets.BEFORE + source + Snippets.AFTER);
		}
	}

	@Test
	void newSyntaxIsUnderstood() {
		Snippets.checkUnit("""
				import module java.base;
				import org.heaplens.runtime.*;
				class A {
					A(int n) {
						HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
						super();
					}
					void f(int n, Object o) {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						if (o instanceof Integer _) {
							HiaiMemory.dFree(b);
							return;
						}
						try {
							System.in.read();
						} catch (IOException _) {
							HiaiMemory.dFree(b);
							return;
						}
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void everyPrefixOfAProgramIsAnalysed() {
		for (int length = 0; length < PROGRAM.length(); length += 7) {
			Snippets.unbound(PROGRAM.substring(0, length));
		}
	}

	@Test
	void mutilatedProgramsAreAnalysed() {
		long seed = System.nanoTime();
		var random = new Random(seed);
		for (int round = 0; round < 150; round++) {
			var text = new StringBuilder(PROGRAM);
			for (int change = 0; change < 5; change++) {
				int start = random.nextInt(text.length());
				int end = Math.min(text.length(), start + random.nextInt(12));
				int from = random.nextInt(PROGRAM.length() - 20);
				text.replace(start, end, PROGRAM.substring(from, from + random.nextInt(20)));
			}
			try {
				Snippets.unbound(text.toString());
			} catch (RuntimeException | StackOverflowError e) {
				if (parses(text.toString())) {
					throw new AssertionError("seed " + seed + ", round " + round + ":\n" + text, e);
				}
			}
		}
	}

	/** JDT's own recovery fails now and then; files like that are a problem of their own. */
	private static boolean parses(String text) {
		try {
			Parsing.parse(text);
			return true;
		} catch (RuntimeException e) {
			return false;
		}
	}

	@Test
	void manyIndependentBranchesStayCheap() {
		var source = new StringBuilder("void f(int n");
		for (int index = 0; index < 40; index++) {
			source.append(", boolean p").append(index);
		}
		source.append(") {\nHiaiBuffer b = HiaiMemory.dMalloc(n);\n");
		for (int turn = 0; turn < 2; turn++) {
			for (int index = 0; index < 40; index++) {
				source.append("if (p").append(index).append(") { n++; }\n");
			}
		}
		String text = source + "HiaiMemory.dFree(b);\n}\n";
		List<Finding> findings = assertTimeout(Duration.ofSeconds(5),
				() -> Snippets.unbound(Snippets.BEFORE + text + Snippets.AFTER));
		assertEquals(List.of(), findings);
	}

	@Test
	void nestedFinallyBlocksDoNotExplode() {
		String source = "try { System.in.read(); } finally { ".repeat(14) + "n++;" + " }".repeat(14);
		String text = "void f(int n) throws IOException { HiaiBuffer b = HiaiMemory.dMalloc(n); " + source
				+ " HiaiMemory.dFree(b); }";
		assertTimeout(Duration.ofSeconds(20), () -> Snippets.bound(Snippets.BEFORE + text + Snippets.AFTER));
	}
}
