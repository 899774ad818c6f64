// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;

import org.junit.jupiter.api.Test;

class BranchesTest {
	@Test
	void aBlockThatIsNeverFreedLeaks() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 100, MemoryAttr.MANUAL_FREE); // finds leaked-manual-block
					b.bytes().put(0, (byte) 1);
				}
				void freed(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 100, MemoryAttr.MANUAL_FREE);
					b.bytes().put(0, (byte) 1);
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void theFlagIsAutoUnlessItIsWritten() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, AUTO_FREE); // finds unsent-auto-block
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
				}
				void i(int n) {
					org.heaplens.runtime.HiaiBuffer b = org.heaplens.runtime.HiaiMemory.dMalloc(n); // finds unsent-auto-block
				}
				""");
	}

	@Test
	void theFlagMayDependOnACondition() {
		check("""
				void f(int n, boolean manual) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, manual ? MANUAL_FREE : AUTO_FREE);
					if (manual) {
						HiaiMemory.dFree(b);
					} else if (sendData(0, "x", b) != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n, boolean manual) {
					MemoryAttr flag = manual ? MANUAL_FREE : AUTO_FREE;
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, flag); // finds leaked-manual-block
					if (sendData(0, "x", b) != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void anEarlyReturnLeaks() {
		check("""
				int load(InputStream in, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 100, MANUAL_FREE); // finds leaked-manual-block
					if (n > 100) {
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				int correct(InputStream in, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 100, MANUAL_FREE);
					if (n > 100) {
						HiaiMemory.dFree(b);
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				""");
	}

	@Test
	void aNullResultIsNoBlock() {
		check("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 100, MANUAL_FREE);
					if (b == null) {
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				int g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 100, MANUAL_FREE);
					if (null != b) {
						HiaiMemory.dFree(b);
					}
					return 0;
				}
				int h(int n) {
					HiaiBuffer b;
					if ((b = HiaiMemory.dMalloc(n, 100, MANUAL_FREE)) == null) {
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				int wrongWayRound(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 100, MANUAL_FREE); // finds leaked-manual-block
					if (b != null) {
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				""");
	}

	@Test
	void objectsMethodsTestForNull() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (Objects.isNull(b)) {
						return;
					}
					HiaiMemory.dFree(b);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (Objects.nonNull(b)) {
						HiaiMemory.dFree(b);
					}
				}
				void h(int n) {
					HiaiBuffer b = Objects.requireNonNull(HiaiMemory.dMalloc(n), "no memory");
					HiaiMemory.dFree(b);
				}
				void i(int n) {
					HiaiBuffer b = Objects.requireNonNull(HiaiMemory.dMalloc(n)); // finds unsent-auto-block
					b.size();
				}
				""");
	}

	@Test
	void shortCircuitOperatorsAreBranches() {
		check("""
				boolean f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (b == null || n < 0) { // the second operand is tested with a live block
						if (b != null) {
							HiaiMemory.dFree(b);
						}
						return false;
					}
					HiaiMemory.dFree(b);
					return true;
				}
				boolean g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					if (b == null || n < 0) {
						return false;
					}
					HiaiMemory.dFree(b);
					return true;
				}
				boolean h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (b != null && n > 0 && fill(b)) {
						HiaiMemory.dFree(b);
						return true;
					}
					if (b != null) {
						HiaiMemory.dFree(b);
					}
					return false;
				}
				abstract boolean fill(HiaiBuffer b);
				""");
	}

	@Test
	void correlatedConditionsKeepPathsApart() {
		check("""
				void f(int n, boolean big) {
					HiaiBuffer b = null;
					if (big) {
						b = HiaiMemory.dMalloc(n);
					}
					System.out.println(n);
					if (big) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n, boolean big) {
					HiaiBuffer b = null;
					if (big) {
						b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					}
					if (!big) {
						HiaiMemory.dFree(b);
					}
				}
				void h(int n, int limit) {
					HiaiBuffer b = null;
					if (n > limit) {
						b = HiaiMemory.dMalloc(n);
					}
					if (limit < n) {
						HiaiMemory.dFree(b);
					}
				}
				void i(int n, int limit) {
					HiaiBuffer b = null;
					if (n > limit) {
						b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					}
					n = limit;
					if (n > limit) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void aBooleanRemembersWhatHappened() {
		check("""
				void f(int n) {
					boolean allocated = false;
					HiaiBuffer b = null;
					if (n > 5) {
						b = HiaiMemory.dMalloc(n);
						allocated = true;
					}
					if (allocated) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					boolean missing = b == null;
					if (missing) {
						return;
					}
					HiaiMemory.dFree(b);
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					boolean usable = b != null && n > 3;
					if (usable) {
						HiaiMemory.dFree(b);
					} else if (b != null) {
						HiaiMemory.dFree(b);
					}
				}
				void i(int n, boolean verbose) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					boolean usable = b != null && n > 3;
					if (usable) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void fieldsCorrelateBetweenTwoTests() {
		check("""
				private boolean dvpp; private final boolean fast = true;
				void f(int n) {
					HiaiBuffer b = dvpp ? HiaiMemory.dvppDMalloc(n) : HiaiMemory.dMalloc(n);
					if (dvpp) {
						HiaiMemory.dvppDFree(b);
					} else {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = null;
					if (this.fast) {
						b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					}
					if (!fast) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void conditionalAllocationMayGiveNull() {
		check("""
				void f(int n) {
					HiaiBuffer b = n == 0 ? null : HiaiMemory.dMalloc(n);
					if (b != null) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = n == 0 ? null : HiaiMemory.dMalloc(n); // finds unsent-auto-block
					if (n == 0) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void everyBranchMustFree() {
		check("""
				void f(int n, int mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					if (mode == 1) {
						HiaiMemory.dFree(b);
					} else if (mode == 2) {
						b.size();
					} else {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n, int mode) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (mode == 1) {
						HiaiMemory.dFree(b);
					} else {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void instanceofSaysNotNull() {
		check("""
				void f(int n) {
					Object o = HiaiMemory.dMalloc(n);
					if (o instanceof HiaiBuffer b) {
						HiaiMemory.dFree(b);
					} else if (o != null) {
						HiaiMemory.dFree((HiaiBuffer) o);
					}
				}
				""");
	}

	@Test
	void aDroppedResultLeaks() {
		check("""
				void f(int n) {
					HiaiMemory.dMalloc(n); // finds unsent-auto-block
				}
				int g(int n) {
					return HiaiMemory.dMalloc(n, 0, MANUAL_FREE).size(); // finds leaked-manual-block
				}
				""");
	}

	@Test
	void anOverwrittenBlockLeaks() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds lost-block
					b = HiaiMemory.dMalloc(n + 1);
					HiaiMemory.dFree(b);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiBuffer first = b;
					b = HiaiMemory.dMalloc(n + 1);
					HiaiMemory.dFree(b);
					HiaiMemory.dFree(first);
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds lost-block
					b = null;
				}
				""");
	}

	@Test
	void aliasesAreTheSameBlock() {
		check("""
				void f(int n) {
					HiaiBuffer a = HiaiMemory.dMalloc(n);
					HiaiBuffer b = a, c = (HiaiBuffer) (b);
					HiaiMemory.dFree(c);
				}
				void g(int n) {
					HiaiBuffer a = HiaiMemory.dMalloc(n);
					HiaiBuffer b = a;
					HiaiMemory.dFree(b);
					HiaiMemory.dFree(a); // finds double-free
				}
				""");
	}

	@Test
	void severalBlocksAreFollowedEachOnItsOwn() {
		check("""
				int f(int n) {
					HiaiBuffer a = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					if (a == null) {
						return -1;
					}
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (b == null) {
						return -1;
					}
					HiaiMemory.dFree(a);
					HiaiMemory.dFree(b);
					return 0;
				}
				int g(int n) {
					HiaiBuffer a = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (a == null) {
						return -1;
					}
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (b == null) {
						HiaiMemory.dFree(a);
						return -1;
					}
					HiaiMemory.dFree(a);
					HiaiMemory.dFree(b);
					return 0;
				}
				""");
	}

	@Test
	void assertionsAreTakenToHold() {
		check("""
				void f(int n) {
					HiaiBuffer b = n > 0 ? HiaiMemory.dMalloc(n) : null;
					assert n > 0 : "positive";
					HiaiMemory.dFree(b);
				}
				""");
	}
}
