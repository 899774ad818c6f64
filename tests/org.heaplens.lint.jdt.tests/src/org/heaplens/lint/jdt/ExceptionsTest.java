
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;
import static org.heaplens.lint.jdt.Snippets.checkBound;

import org.junit.jupiter.api.Test;

class ExceptionsTest {
	@Test
	void anExplicitThrowLeaves() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					if (n > 5) {
						throw new IllegalArgumentException("too large");
					}
					HiaiMemory.dFree(b);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (n > 5) {
						HiaiMemory.dFree(b);
						throw new IllegalArgumentException("too large");
					}
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void aDeclaredCheckedExceptionLeaves() {
		checkBound("""
				void f(InputStream in, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					in.read();
					HiaiMemory.dFree(b);
				}
				void g(InputStream in, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						in.read();
					} finally {
						HiaiMemory.dFree(b);
					}
				}
				void h(InputStream in, int n) throws IOException {
					in.read();
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dFree(b);
					in.read();
				}
				""");
	}

	@Test
	void anUncheckedExceptionOfAnyCallDoesNotCount() {
		check("""
				void f(List<String> names, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					names.get(n);
					Integer.parseInt(names.get(0));
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void aCaughtExceptionIsAPath() {
		check("""
				int f(InputStream in, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					try {
						in.read();
						HiaiMemory.dFree(b);
					} catch (IOException e) {
						return -1;
					}
					return 0;
				}
				int g(InputStream in, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						in.read();
					} catch (IOException e) {
						HiaiMemory.dFree(b);
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				int h(String s, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					try {
						n = Integer.parseInt(s);
					} catch (NumberFormatException e) {
						return -1;
					}
					HiaiMemory.dFree(b);
					return n;
				}
				""");
	}

	@Test
	void aTryWithoutCallsDoesNotThrow() {
		check("""
				int f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						n = n + 1;
						HiaiMemory.dFree(b);
					} catch (RuntimeException e) {
						return -1;
					}
					return n;
				}
				""");
	}

	@Test
	void bindingsTellWhichClauseIsMeant() {
		checkBound("""
				int f(InputStream in, Callable<String> c, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						in.read();
					} catch (FileNotFoundException e) {
						HiaiMemory.dFree(b);
						return 1;
					} catch (IOException e) {
						HiaiMemory.dFree(b);
						return 2;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				void quiet() {}
				int g(InputStream in, int n) throws InterruptedException {
					try {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						quiet();
						HiaiMemory.dFree(b);
						Thread.sleep(n);
					} catch (InterruptedException e) {
						return -1;
					}
					return 0;
				}
				""");
	}

	@Test
	void finallyRunsOnEveryExit() {
		check("""
				int f(InputStream in, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						if (n > 1) {
							return 1;
						}
						if (n > 2) {
							throw new IOException();
						}
						while (true) {
							in.read();
							if (n++ > 4) {
								break;
							}
						}
					} finally {
						HiaiMemory.dFree(b);
					}
					return 0;
				}
				int g(InputStream in, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					try {
						if (n > 1) {
							return 1;
						}
					} finally {
						if (n == 7) {
							HiaiMemory.dFree(b);
						}
					}
					return 0;
				}
				int h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						HiaiMemory.dFree(b);
						return 1;
					} finally {
						HiaiMemory.dFree(b); // finds double-free
					}
				}
				""");
	}

	@Test
	void finallyMayTestForNull() {
		check("""
				void f(InputStream in, int n) throws IOException {
					HiaiBuffer b = null;
					try {
						b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
						in.read();
					} finally {
						if (b != null) {
							HiaiMemory.dFree(b);
						}
					}
				}
				""");
	}

	@Test
	void finallyInLoopsRunsForBreakAndContinue() {
		check("""
				void f(int n) {
					for (int i = 0; i < n; i++) {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						try {
							if (i == 1) {
								continue;
							}
							if (i == 2) {
								break;
							}
						} finally {
							HiaiMemory.dFree(b);
						}
					}
				}
				""");
	}

	@Test
	void nestedTriesPassExceptionsOn() {
		check("""
				int f(InputStream in, int n) {
					try {
						HiaiBuffer b = HiaiMemory.dMalloc(n);
						try {
							in.read();
						} finally {
							HiaiMemory.dFree(b);
						}
					} catch (IOException e) {
						return -1;
					}
					return 0;
				}
				int g(InputStream in, int n) {
					HiaiBuffer b = null;
					try {
						b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
						try {
							in.read();
						} finally {
							System.out.println(n);
						}
						HiaiMemory.dFree(b);
					} catch (IOException e) {
						return -1;
					}
					return 0;
				}
				int h(InputStream in, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						in.read();
					} catch (IOException e) {
						throw new UncheckedIOException(e);
					} finally {
						HiaiMemory.dFree(b);
					}
					return 0;
				}
				""");
	}

	@Test
	void aCatchMayRethrow() {
		check("""
				void f(InputStream in, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					try {
						in.read();
					} catch (IOException e) {
						throw e;
					}
					HiaiMemory.dFree(b);
				}
				void g(InputStream in, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						in.read();
					} catch (IOException | RuntimeException e) {
						HiaiMemory.dFree(b);
						throw e;
					}
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void anExplicitThrowReachesItsCatch() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						if (n > 3) {
							throw new IllegalStateException();
						}
						HiaiMemory.dFree(b);
					} catch (IllegalStateException e) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					try {
						if (n > 3) {
							throw new IllegalArgumentException();
						}
						HiaiMemory.dFree(b);
					} catch (IllegalStateException e) {
						HiaiMemory.dFree(b);
					}
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						HiaiMemory.dFree(b);
						throw new FileNotFoundException();
					} catch (IOException e) {
						HiaiMemory.dFree(b); // finds double-free
					}
				}
				""");
	}

	@Test
	void aSynchronizedBlockIsTransparent() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					synchronized (this) {
						if (n > 2) {
							return;
						}
						HiaiMemory.dFree(b);
					}
				}
				""");
	}
}
