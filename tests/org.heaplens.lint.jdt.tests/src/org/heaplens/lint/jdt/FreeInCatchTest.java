// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.heaplens.lint.Finding;
import org.junit.jupiter.api.Test;

class FreeInCatchTest {
	private static final String BEFORE = "import org.heaplens.runtime.*;\nimport static org.heaplens.runtime.MemoryAttr.*;\nclass A {\n";

	@Test
	void freesWhereTheExceptionIsCaught() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						g(n);
						HiaiMemory.dFree(b);
					} catch (IllegalStateException e) {
						n = 0;
						HiaiMemory.dFree(b);
					}
					return n;
				}
				void g(int n) {}
				""", fixed("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						g(n);
						HiaiMemory.dFree(b);
					} catch (IllegalStateException e) {
						n = 0;
					}
					return n;
				}
				void g(int n) {}
				"""));
	}

	@Test
	void freesInEachCatchClause() {
		assertEquals("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						g(n);
						HiaiMemory.dFree(b);
					} catch (IllegalStateException e) {
						HiaiMemory.dFree(b);
					} catch (IllegalArgumentException e) {
						n = 1;
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {}
				""", fixed("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						g(n);
						HiaiMemory.dFree(b);
					} catch (IllegalStateException e) {
					} catch (IllegalArgumentException e) {
						n = 1;
					}
				}
				void g(int n) {}
				"""));
	}

	@Test
	void offersNothingWhereTheCatchMayHaveFreedAlready() {
		List<Finding> findings = Snippets.fixable(BEFORE + """
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						g(n);
						HiaiMemory.dFree(b);
						g(n);
					} catch (IllegalStateException e) {
						n = 0;
					}
				}
				void g(int n) {}
				}
				""");
		assertEquals(1, findings.size());
		assertEquals(List.of(), findings.get(0).fixes());
	}

	private static String fixed(String members) {
		String source = BEFORE + members + "}\n";
		List<Finding> findings = Snippets.fixable(source);
		assertEquals(1, findings.size(), findings.toString());
		assertEquals(1, findings.get(0).fixes().size(), "no fix for " + findings.get(0));
		assertEquals("Free 'b' where the exception is caught", findings.get(0).fixes().get(0).title());
		String text = findings.get(0).fixes().get(0).applyTo(source);
		assertEquals(List.of(), Snippets.bound(text), text);
		return text.substring(BEFORE.length(), text.length() - 2);
	}
}
