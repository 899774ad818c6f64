// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.jdt.internal.Parsing;
import org.junit.jupiter.api.Test;

class SmallFixesTest {
	private static final String BEFORE = "import org.heaplens.runtime.*; import static org.heaplens.runtime.MemoryAttr.*; abstract class A extends Engine {\n";

	private static Finding finding(String source, String rule) {
		return Snippets.fixable(source).stream().filter(each -> each.rule().equals(rule)).findFirst().orElseThrow();
	}

	/** The members after the fix of the finding of that rule, which is gone then. */
	private static String fixed(String rule, String members) {
		String source = BEFORE + members + "}\n";
		Finding finding = finding(source, rule);
		assertEquals(1, finding.fixes().size(), "no fix for " + finding);
		Fix fix = finding.fixes().get(0);
		String text = fix.applyTo(source);
		assertTrue(fix.safe());
		assertTrue(JavaLinter.fixesOf(rule).contains(fix.id()), "nobody would ask for " + fix);
		assertEquals(0, Parsing.parse(text).getProblems().length, text);
		assertTrue(Snippets.unbound(text).stream().noneMatch(each -> each.rule().equals(rule)), text);
		return text.substring(BEFORE.length(), text.length() - 2);
	}

	private static void notFixed(String rule, String members) {
		assertEquals(List.of(), finding(BEFORE + members + "}\n", rule).fixes());
	}

	@Test
	void aDvppBlockIsFreedItsWay() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					if (n > 3) {
						HiaiMemory.dvppDFree(b);
						return 1;
					}
					HiaiMemory.dvppDFree(b);
					return 0;
				}
				""", fixed("leaked-dvpp-block", """
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					if (n > 3) {
						return 1;
					}
					HiaiMemory.dvppDFree(b);
					return 0;
				}
				"""));
	}

	@Test
	void aLostBlockIsFreedBefore() {
		assertEquals("""
				void f(int n) {
					while (n-- > 0) {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
						System.out.println(n);
						HiaiMemory.dFree(b);
					}
				}
				""", fixed("lost-block", """
				void f(int n) {
					while (n-- > 0) {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
						System.out.println(n);
					}
				}
				"""));
	}

	@Test
	void aDroppedStatusIsLookedAt() {
		assertEquals("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (sendData(0, "frame", b) != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				""", fixed("leak-on-send-failure", """
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					sendData(0, "frame", b);
				}
				"""));
	}

	@Test
	void aStatusThatIsOnlyKeptIsLookedAt() {
		assertEquals("""
				HiaiStatus f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus sent = sendData(0, "frame", b);
					if (sent != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
					return sent;
				}
				""", fixed("leak-on-send-failure", """
				HiaiStatus f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus sent = sendData(0, "frame", b);
					return sent;
				}
				"""));
	}

	@Test
	void whereTheFailureIsKnownTheBlockIsFreedThere() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (sendData(0, "frame", b) != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
						return -1;
					}
					return 0;
				}
				""", fixed("leak-on-send-failure", """
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (sendData(0, "frame", b) != HiaiStatus.OK) {
						return -1;
					}
					return 0;
				}
				"""));
	}

	@Test
	void theWrongFreeBecomesTheRightOne() {
		assertEquals("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					HiaiMemory.dvppDFree(b);
				}
				""", fixed("mismatched-free", """
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					HiaiMemory.dFree(b);
				}
				"""));
		assertEquals("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dFree(b);
				}
				""", fixed("mismatched-free", """
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dvppDFree(b);
				}
				"""));
	}

	@Test
	void theSecondFreeGoes() {
		assertEquals("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dFree(b);
				}
				""", fixed("double-free", """
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dFree(b);
					HiaiMemory.dFree(b);
				}
				"""));
	}

	@Test
	void aFreeThatIsNeededOnAnotherPathStays() {
		notFixed("double-free", """
				void f(int n, boolean early) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (early) {
						HiaiMemory.dFree(b);
					}
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void aFlagThatSaysNothingSaysSomething() {
		assertEquals("""
				void f(int n) {
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE));
				}
				""", fixed("bad-flag", """
				void f(int n) {
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, MemoryAttr.NONE));
				}
				"""));
	}

	@Test
	void anAllocationIsLookedAt() {
		assertEquals("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (b == null) {
						return;
					}
					b.bytes().putInt(0, 1);
					HiaiMemory.dFree(b);
				}
				""", fixed("unchecked-allocation", """
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					b.bytes().putInt(0, 1);
					HiaiMemory.dFree(b);
				}
				"""));
		assertTrue(fixed("unchecked-allocation", """
				HiaiStatus f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					b.bytes().putInt(0, 1);
					return HiaiMemory.dFree(b);
				}
				""").contains("return HiaiStatus.GRAPH_NO_MEMORY;"));
		assertTrue(fixed("unchecked-allocation", """
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					int first = b.bytes().getInt(0);
					HiaiMemory.dFree(b);
					return first;
				}
				""").contains("throw new IllegalStateException(\"no room for 'b'\");"));
	}

	@Test
	void leavingDoesNotLeakAnotherBlock() {
		notFixed("unchecked-allocation", """
				void f(int n) {
					HiaiBuffer a = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					b.bytes().putInt(0, 1);
					HiaiMemory.dFree(b);
					HiaiMemory.dFree(a);
				}
				""");
	}

	@Test
	void typesThatAreNotImportedAreSpelledOut() {
		String source = """
				class A extends org.heaplens.runtime.Engine {
					void f(int n) {
						org.heaplens.runtime.HiaiBuffer b = org.heaplens.runtime.HiaiMemory.dMalloc(n);
						sendData(0, "frame", b);
					}
				}
				""";
		String text = finding(source, "leak-on-send-failure").fixes().get(0).applyTo(source);
		assertTrue(text.contains("if (sendData(0, \"frame\", b) != org.heaplens.runtime.HiaiStatus.OK) {\n"
				+ "\t\t\torg.heaplens.runtime.HiaiMemory.dFree(b);\n\t\t}"), text);
	}

	@Test
	void findingsThatAreNotInTheTextStayAsTheyAre() {
		String source = BEFORE + "void f(int n) { HiaiBuffer b = HiaiMemory.dMalloc(n); }\n}\n";
		List<Finding> findings = Snippets.unbound(source);
		assertEquals(findings, new JavaLinter().fix(findings, Parsing.parse("class A {}"), "class A {}", "App.java"));
	}
}
