
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;
import static org.heaplens.lint.jdt.Snippets.checkBound;

import org.junit.jupiter.api.Test;

class ResourcesTest {
	@Test
	void aResourceIsClosedOnEveryExit() {
		check("""
				int f(InputStream in, int n) throws IOException {
					try (HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE)) {
						if (n > 3) {
							return 1;
						}
						if (n > 2) {
							throw new IOException();
						}
						in.read();
					}
					return 0;
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try (b) {
						b.size();
					}
				}
				void h(int n) {
					try (var b = HiaiMemory.dMalloc(n); var c = HiaiMemory.dMalloc(n)) {
						b.bytes().put(c.bytes());
					}
				}
				""");
	}

	@Test
	void aResourceDoesNotCloseOthers() {
		check("""
				void f(int n) {
					try (HiaiBuffer b = HiaiMemory.dMalloc(n)) {
						HiaiBuffer c = HiaiMemory.dMalloc(n); // finds unsent-auto-block
						c.size();
					}
				}
				""");
	}

	@Test
	void closingFrees() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					b.close();
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					if (n > 4) {
						b.close();
					}
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					b.close();
					HiaiMemory.dFree(b); // finds double-free
				}
				""");
	}

	@Test
	void closingAfterASuccessfulSendDoesNothing() {
		check("""
				void f(int n) {
					try (HiaiBuffer b = HiaiMemory.dMalloc(n)) {
						sendData(0, "frame", b);
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					sendData(0, "frame", b);
					b.close();
				}
				""");
	}

	@Test
	void whatAnExceptionOfAnotherResourceLeavesBehindLeaks() {
		checkBound("""
				int f(String name, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					try (InputStream in = new FileInputStream(name)) {
						in.read();
					} catch (IOException e) {
						return -1;
					}
					HiaiMemory.dFree(b);
					return 0;
				}
				int g(String name, int n) throws IOException {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try (b; InputStream in = new FileInputStream(name)) {
						in.read();
					}
					return 0;
				}
				""");
	}
}
