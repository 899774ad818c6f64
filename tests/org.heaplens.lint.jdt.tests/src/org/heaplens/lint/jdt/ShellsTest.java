
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.heaplens.lint.Finding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same statements inside of every construct that may run them, or not: leaving, freeing, freeing once more. */
class ShellsTest {
	private static final String ALLOCATION = "void f(int n, int[] some, Object o, String s, InputStream in) throws IOException { "
			+ "HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); if (b == null) { return; } ";
	private static final String FREE = "HiaiMemory.dFree(b); ";

	@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
	@ValueSource(strings = {"if (n > 1) { # }", "if (n > 1) { n++; } else { # }", "if (n > 1) n++; else if (n > 0) { # }",
		"if (n > 1 && s.isEmpty()) { # }", "if (n > 1 || s.isEmpty()) { # }", "if (!(n > 1)) { # }",
		"if (o instanceof String t && t.isEmpty()) { # }", "for (int i = 0; i < n; i++) { # break; }",
		"for (int i : some) { # break; }", "while (s.length() > n) { # break; }",
		"do { if (s.isEmpty()) { # } } while (false);", "loop: while (true) { while (true) { if (n > 3) { # } break loop; } }",
		"switch (n) { case 1: # break; default: }", "switch (n) { case 1: break; default: # }",
		"switch (n) { case 1 -> { # } default -> { } }", "switch (s) { case \"a\", \"b\" -> { # } default -> { } }",
		"switch (o) { case Integer i when i > 3 -> { # } case null, default -> { } }",
		"int k = 0; switch (n) { case 1: k = 1; case 2: if (k == 1) { # } }",
		"synchronized (o) { if (n > 1) { # } }", "{ { if (n > 1) { # } } }", "label: { if (n > 3) break label; # }",
		"try { if (n > 1) { # } } finally { n = 0; }", "try { in.read(); } catch (IOException e) { # }",
		"try { in.read(); n = 0; } catch (IOException | RuntimeException e) { if (n > 0) { # } }",
		"try { n = 0; } finally { if (s.isEmpty()) { # } }",
		"try (StringReader other = new StringReader(s)) { if (n > 1) { # } }", "boolean big = n > 5; if (big) { # }",
		"boolean odd = n % 2 == 1 ? true : false; if (odd) { # }", "int m = n; if ((m = n + 1) > 3) { # }",
		"for (;;) { if (n-- > 0) { continue; } if (s.isEmpty()) { # } break; }",
		"int v = switch (n) { case 1 -> 2; default -> 3; }; if (v == 2) { # }",
		"Runnable r = () -> { int x = 1; }; if (n > 4) { # }"})
	private @interface InEveryShell {
	}

	/** The findings' rules; bindings must not change them. */
	private static List<String> rules(String statements) {
		String source = Snippets.BEFORE + ALLOCATION + statements + "}" + Snippets.AFTER;
		List<String> unbound = Snippets.unbound(source).stream().map(Finding::rule).toList();
		List<String> bound = Snippets.bound(source).stream().map(Finding::rule).toList();
		assertEquals(unbound, bound, source);
		return unbound;
	}

	@ParameterizedTest
	@InEveryShell
	void leavingLeaks(String shell) {
		assertEquals(List.of("leaked-manual-block"), rules(shell.replace("#", "if (n != 77) return;") + FREE));
	}

	@ParameterizedTest
	@InEveryShell
	void throwingLeaks(String shell) {
		assertEquals(List.of("leaked-manual-block"),
				rules(shell.replace("#", "if (n != 77) throw new IllegalStateException();") + FREE));
	}

	@ParameterizedTest
	@InEveryShell
	void freeingBeforeLeavingDoesNot(String shell) {
		assertEquals(List.of(), rules(shell.replace("#", "if (n != 77) { " + FREE + "return; }") + FREE));
	}

	@ParameterizedTest
	@InEveryShell
	void freeingOnlyThereLeaks(String shell) {
		assertEquals(List.of("leaked-manual-block"), rules(shell.replace("#", FREE + "b = null;")));
	}

	@ParameterizedTest
	@InEveryShell
	void freeingThereAndBehindIsTooMuch(String shell) {
		assertEquals(List.of("double-free"), rules(shell.replace("#", FREE) + FREE));
	}

	@ParameterizedTest
	@InEveryShell
	void clearingTheVariablePreventsThat(String shell) {
		assertEquals(List.of(),
				rules(shell.replace("#", FREE + "b = null;") + "if (b != null) { " + FREE + "}"));
	}

	@ParameterizedTest
	@InEveryShell
	void aFinallyAroundItFreesOnEveryWay(String shell) {
		assertEquals(List.of(),
				rules("try { " + shell.replace("#", "if (n != 77) return;") + "} finally { " + FREE + "}"));
	}

	@ParameterizedTest
	@InEveryShell
	void aResourceIsClosedOnEveryWay(String shell) {
		assertEquals(List.of(), rules("try (b) { " + shell.replace("#", "if (n != 77) return;") + "}"));
	}
}
