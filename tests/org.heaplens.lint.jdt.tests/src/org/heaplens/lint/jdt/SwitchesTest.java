// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;

import org.junit.jupiter.api.Test;

class SwitchesTest {
	@Test
	void oldSwitchFallsThrough() {
		check("""
				void f(int n, int mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (mode) {
						case 1:
							b.size();
						case 2:
							HiaiMemory.dFree(b);
							break;
						default:
							HiaiMemory.dFree(b);
					}
				}
				void g(int n, int mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					switch (mode) {
						case 1:
							break;
						case 2:
							HiaiMemory.dFree(b);
							break;
						default:
							HiaiMemory.dFree(b);
					}
				}
				void h(int n, int mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					switch (mode) {
						case 1, 2:
							HiaiMemory.dFree(b);
					}
				}
				void i(int n, int mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (mode) {
						case 2:
							HiaiMemory.dFree(b);
						case 3:
							HiaiMemory.dFree(b); // finds double-free
							break;
						default:
							HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void arrowsDoNotFallThrough() {
		check("""
				void f(int n, String mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (mode) {
						case "a" -> HiaiMemory.dFree(b);
						case "b", "c" -> {
							HiaiMemory.dFree(b);
						}
						default -> HiaiMemory.dFree(b);
					}
				}
				void g(int n, String mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					switch (mode) {
						case "a" -> HiaiMemory.dFree(b);
						case "b", "c" -> {
						}
						default -> throw new IllegalStateException(mode);
					}
				}
				""");
	}

	@Test
	void aStatusMaySelectTheCase() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (sendData(0, "x", b)) {
						case OK -> System.out.println("sent");
						case HIAI_QUEUE_FULL -> HiaiMemory.dFree(b);
						default -> HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (sendData(0, "x", b)) {
						case OK:
							HiaiMemory.dFree(b); // finds double-free
							break;
						default:
							HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void switchExpressionsYieldBlocks() {
		check("""
				void f(int n, int mode) {
					HiaiBuffer b = switch (mode) {
						case 1 -> HiaiMemory.dMalloc(n);
						case 2 -> null;
						default -> {
							System.out.println(mode);
							yield HiaiMemory.dMalloc(2 * n);
						}
					};
					if (b != null) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n, int mode) {
					HiaiBuffer b = switch (mode) {
						case 1:
							yield HiaiMemory.dMalloc(n); // finds unsent-auto-block
						default:
							yield null;
					};
					System.out.println(b);
				}
				int h(int n, int mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					return switch (mode) {
						case 1 -> {
							HiaiMemory.dFree(b);
							yield 1;
						}
						default -> 2;
					};
				}
				""");
	}

	@Test
	void aValueTestedTwiceSelectsTheSameCase() {
		check("""
				void f(int n, int mode) {
					HiaiBuffer b = null;
					switch (mode) {
						case 1 -> b = HiaiMemory.dMalloc(n);
						default -> {
						}
					}
					if (mode == 1) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void patternsAndGuardsAreBranches() {
		check("""
				void f(int n, Object o) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					switch (o) {
						case Integer i when i > 5 -> HiaiMemory.dFree(b);
						case String s -> HiaiMemory.dFree(b);
						case null, default -> {
						}
					}
				}
				void g(int n, Object o) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					switch (o) {
						case Integer i when i > 5 -> HiaiMemory.dFree(b);
						case String s -> HiaiMemory.dFree(b);
						case null, default -> HiaiMemory.dFree(b);
					}
				}
				record Pair(int a, int b) {}
				void h(int n, Object o) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (o instanceof Pair(int x, var y) && x > y) {
						HiaiMemory.dFree(b);
						return;
					}
					HiaiMemory.dFree(b);
				}
				""");
	}
}
