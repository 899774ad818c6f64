// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;

import org.junit.jupiter.api.Test;

class LoopsTest {
	@Test
	void continueLeaks() {
		check("""
				void f(int n) {
					for (int i = 0; i < n; i++) {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds lost-block
						if (b == null) {
							continue;
						}
						if (i % 2 == 0) {
							continue;
						}
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					for (int i = 0; i < n; i++) {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
						if (b == null) {
							continue;
						}
						if (i % 2 == 0) {
							HiaiMemory.dFree(b);
							continue;
						}
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void breakLeaks() {
		check("""
				void f(List<String> names) {
					for (String name : names) {
						HiaiBuffer b = HiaiMemory.dMalloc(name.length()); // finds unsent-auto-block
						if (name.isEmpty()) {
							break;
						}
						HiaiMemory.dFree(b);
					}
				}
				void g(List<String> names) {
					for (String name : names) {
						HiaiBuffer b = HiaiMemory.dMalloc(name.length());
						HiaiMemory.dFree(b);
						if (name.isEmpty()) {
							break;
						}
					}
				}
				""");
	}

	@Test
	void labelsAreFollowed() {
		check("""
				void f(int n) {
					outer:
					while (n-- > 0) {
						HiaiBuffer b = HiaiMemory.dMalloc(n); // finds lost-block
						for (int i = 0; i < n; i++) {
							if (i == 5) {
								continue outer;
							}
							if (i == 6) {
								HiaiMemory.dFree(b);
								break outer;
							}
						}
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					outer:
					do {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						inner:
						for (;;) {
							switch (n) {
								case 1:
									break;
								case 2:
									break inner;
								default:
									HiaiMemory.dFree(b);
									break outer;
							}
						}
						HiaiMemory.dFree(b);
					} while (n-- > 0);
				}
				void h(int n) {
					done: {
						HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
						if (n > 7) {
							break done;
						}
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void aBlockFreedInALoopIsFreedTwice() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					while (n-- > 0) {
						HiaiMemory.dFree(b); // finds double-free
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					while (n-- > 0) {
						HiaiMemory.dFree(b);
						b = HiaiMemory.dMalloc(n);
					}
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void aBlockIsReusedAcrossTurns() {
		check("""
				void f(int n) {
					HiaiBuffer b = null;
					for (int i = 0; i < n; i++) {
						if (b == null) {
							b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
						}
					}
					if (b != null) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = null;
					for (int i = 0; i < n; i++) {
						b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds lost-block
					}
					if (b != null) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void anEndlessLoopEndsByReturn() {
		check("""
				int f(int n) {
					while (true) {
						HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
						if (n++ > 5) {
							return n;
						}
						HiaiMemory.dFree(b);
					}
				}
				int g(int n) {
					for (;;) {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						if (b != null) {
							HiaiMemory.dFree(b);
							return n;
						}
					}
				}
				""");
	}

	@Test
	void aBlockOfTheLoopHeadEndsWithTheLoop() {
		check("""
				void f(int n) {
					for (HiaiBuffer b = HiaiMemory.dMalloc(n); n > 0; n--) { // finds unsent-auto-block
						b.size();
					}
				}
				""");
	}

	@Test
	void retryLoopsAreNoDefect() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status;
					do {
						status = sendData(0, "frame", b);
					} while (status == HiaiStatus.HIAI_QUEUE_FULL);
					if (status != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = null;
					for (int attempt = 0; attempt < 3 && b == null; attempt++) {
						b = HiaiMemory.dMalloc(n);
					}
					if (b == null) {
						return;
					}
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void aSingleStatementBodyIsALoopToo() {
		check("""
				void f(int n) {
					while (n-- > 0)
						HiaiMemory.dMalloc(n); // finds unsent-auto-block
					for (int i = 0; i < n; i++)
						HiaiMemory.dFree(HiaiMemory.dMalloc(i)); // finds size-out-of-range
				}
				""");
	}

	@Test
	void doWhileZeroIsNoLoop() {
		check("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					int result = 0;
					do {
						if (n > 4) {
							result = -1;
							break;
						}
						result = 1;
					} while (false);
					HiaiMemory.dFree(b);
					return result;
				}
				""");
	}
}
