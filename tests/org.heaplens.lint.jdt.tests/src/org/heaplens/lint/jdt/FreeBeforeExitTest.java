
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.jdt.internal.Parsing;
import org.junit.jupiter.api.Test;

class FreeBeforeExitTest {
	private static final String BEFORE = "import org.heaplens.runtime.*; import static org.heaplens.runtime.MemoryAttr.*; class A extends Engine {\n";

	/** The members after the fix of their first finding; asserts that nothing is found afterwards. */
	private static String fixed(String members) {
		String source = BEFORE + members + "}\n";
		List<Finding> findings = Snippets.silent(Snippets.fixable(source));
		assertEquals(1, findings.size(), findings.toString());
		assertEquals(1, findings.get(0).fixes().size(), "no fix for " + findings.get(0));
		String text = findings.get(0).fixes().get(0).applyTo(source);
		CompilationUnit unit = Parsing.parse(text);
		assertEquals(0, unit.getProblems().length, text);
		assertEquals(List.of(), Snippets.silent(Snippets.unbound(text)), text);
		assertEquals(List.of(), Snippets.silent(Snippets.bound(text)), text);
		return text.substring(BEFORE.length(), text.length() - 2);
	}

	private static void notFixed(String members) {
		List<Finding> findings = Snippets.silent(Snippets.fixable(BEFORE + members + "}\n"));
		assertTrue(!findings.isEmpty());
		findings.forEach(finding -> assertEquals(List.of(), finding.fixes()));
	}

	@Test
	void beforeReturnInItsOwnLine() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (n > 3) {
						HiaiMemory.dFree(b);
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				""", fixed("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (n > 3) {
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				"""));
	}

	@Test
	void beforeEveryLeakingExit() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (n > 3) {
						HiaiMemory.dFree(b);
						throw new IllegalStateException();
					}
					if (n > 2) { HiaiMemory.dFree(b); return 1; }
					HiaiMemory.dFree(b);
					return 0;
				}
				""", fixed("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (n > 3) {
						throw new IllegalStateException();
					}
					if (n > 2) { return 1; }
					return 0;
				}
				"""));
	}

	@Test
	void atTheEndOfTheMethod() {
		assertEquals("""
				void f(int n) {
				    HiaiBuffer b = HiaiMemory.dMalloc(n);
				    b.size();
				    HiaiMemory.dFree(b);
				}
				""", fixed("""
				void f(int n) {
				    HiaiBuffer b = HiaiMemory.dMalloc(n);
				    b.size();
				}
				"""));
		assertEquals("void f(int n) { HiaiBuffer b = HiaiMemory.dMalloc(n); HiaiMemory.dFree(b); }\n",
				fixed("void f(int n) { HiaiBuffer b = HiaiMemory.dMalloc(n); }\n"));
	}

	@Test
	void aSingleStatementGetsBraces() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (n > 3) {
						HiaiMemory.dFree(b);
						return -1;
					}
					if (n > 2) {
						HiaiMemory.dFree(b);
						return -2;
					} else {
						HiaiMemory.dFree(b);
						return -3;
					}
				}
				""", fixed("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (n > 3)
						return -1;
					if (n > 2) return -2;
					else
						return -3;
				}
				""").replace("}\n\telse", "} else"));
	}

	@Test
	void aReturnedValueIsComputedFirst() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					int result = b.bytes().get(0) + n;
					HiaiMemory.dFree(b);
					return result;
				}
				""", fixed("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					return b.bytes().get(0) + n;
				}
				"""));
		assertEquals("""
				byte f(int result) {
					HiaiBuffer b = HiaiMemory.dMalloc(result);
					if (result > 3) {
						byte result2 = b.bytes().get(0);
						HiaiMemory.dFree(b);
						return result2;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				""", fixed("""
				byte f(int result) {
					HiaiBuffer b = HiaiMemory.dMalloc(result);
					if (result > 3)
						return b.bytes().get(0);
					HiaiMemory.dFree(b);
					return 0;
				}
				"""));
	}

	@Test
	void aViewOfTheBlockIsNotReturnedAfterTheFree() {
		notFixed("""
				java.nio.ByteBuffer f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					java.nio.ByteBuffer bytes = b.bytes();
					return bytes;
				}
				""");
	}

	@Test
	void inLoopsBeforeContinueAndBreakAndTheEnd() {
		assertEquals("""
				void f(int n) {
					while (n-- > 0) {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						if (n == 3) {
							HiaiMemory.dFree(b);
							continue;
						}
						if (n == 2) {
							HiaiMemory.dFree(b);
							break;
						}
						b.size();
						HiaiMemory.dFree(b);
					}
				}
				""", fixed("""
				void f(int n) {
					while (n-- > 0) {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						if (n == 3)
							continue;
						if (n == 2) {
							break;
						}
						b.size();
					}
				}
				"""));
	}

	@Test
	void beforeTheVariableIsOverwritten() {
		assertEquals("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiMemory.dFree(b);
					b = HiaiMemory.dMalloc(n + 1);
					HiaiMemory.dFree(b);
				}
				""", fixed("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					b = HiaiMemory.dMalloc(n + 1);
					HiaiMemory.dFree(b);
				}
				"""));
	}

	@Test
	void inSwitches() {
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (n) {
						case 1:
							HiaiMemory.dFree(b);
							return 1;
						default:
							HiaiMemory.dFree(b);
					}
					switch (n) {
						case 2 -> throw new IllegalStateException();
						default -> n++;
					}
					return 0;
				}
				""", fixed("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (n) {
						case 1:
							return 1;
						default:
							HiaiMemory.dFree(b);
					}
					switch (n) {
						case 2 -> throw new IllegalStateException();
						default -> n++;
					}
					return 0;
				}
				"""));
		assertEquals("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (n) {
						case 2 -> {
							HiaiMemory.dFree(b);
							throw new IllegalStateException();
						}
						default -> n++;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				""", fixed("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (n) {
						case 2 -> throw new IllegalStateException();
						default -> n++;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				"""));
	}

	@Test
	void theLineEndsOfTheTextStay() {
		assertEquals("void f(int n) {\r\n\tHiaiBuffer b = HiaiMemory.dMalloc(n);\r\n\tHiaiMemory.dFree(b);\r\n\treturn;\r\n}\r\n"
				.replace("\r\n", "\n"),
				fixed("void f(int n) {\r\n\tHiaiBuffer b = HiaiMemory.dMalloc(n);\r\n\treturn;\r\n}\r\n")
						.replace("\r\n", "\n"));
		String carriage = "class A {\r\nvoid f(int n) {\r\n\torg.heaplens.runtime.HiaiBuffer b = org.heaplens.runtime.HiaiMemory.dMalloc(n);\r\n}\r\n}\r\n";
		String text = Snippets.fixable(carriage).get(0).fixes().get(0).applyTo(carriage);
		assertEquals(carriage.replace("(n);\r\n}", "(n);\r\n\torg.heaplens.runtime.HiaiMemory.dFree(b);\r\n}"), text);
	}

	@Test
	void staticallyImportedAllocationsAreFreedAlike() {
		String source = "import static org.heaplens.runtime.HiaiMemory.*;\nclass A {\n\tvoid f(int n) {\n\t\tvar b = dMalloc(n);\n\t}\n}\n";
		assertEquals(source.replace("(n);\n", "(n);\n\t\tdFree(b);\n"),
				Snippets.fixable(source).get(0).fixes().get(0).applyTo(source));
		String one = source.replace("HiaiMemory.*", "HiaiMemory.dMalloc");
		assertEquals(one.replace("(n);\n", "(n);\n\t\torg.heaplens.runtime.HiaiMemory.dFree(b);\n"),
				Snippets.fixable(one).get(0).fixes().get(0).applyTo(one));
	}

	@Test
	void noFixWhereTheVariableIsNotThereAnyMore() {
		notFixed("""
				int f(int n) {
					try {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						System.in.read();
						HiaiMemory.dFree(b);
					} catch (java.io.IOException e) {
						return -1;
					}
					return 0;
				}
				""");
		notFixed("void f(int n) { HiaiMemory.dMalloc(n); }\n");
	}

	@Test
	void noFixWhereTheVariableMayHaveNoValue() {
		notFixed("""
				void f(int n) {
					HiaiBuffer b;
					if (n > 3) {
						b = HiaiMemory.dMalloc(n);
					}
				}
				""");
	}

	@Test
	void noFixThatFreesTwiceOnAnotherPath() {
		notFixed("""
				int f(int n, boolean done) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (done) {
						HiaiMemory.dFree(b);
					}
					return 0;
				}
				""");
	}

	@Test
	void exceptionsOfCallsHaveNoFix() {
		String source = BEFORE + """
				int f(java.io.InputStream in, int n) throws java.io.IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					in.read();
					HiaiMemory.dFree(b);
					return 0;
				}
				}
				""";
		assertEquals(List.of(), Snippets.fixableBound(source).get(0).fixes());
	}

	@Test
	void lambdasAreFixedToo() {
		assertEquals("""
				Runnable f(int n) {
					return () -> {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						HiaiMemory.dFree(b);
					};
				}
				""", fixed("""
				Runnable f(int n) {
					return () -> {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
					};
				}
				"""));
	}
}
