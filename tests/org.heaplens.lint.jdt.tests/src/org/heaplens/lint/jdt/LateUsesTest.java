// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;

import org.junit.jupiter.api.Test;

/** What is done with blocks that are not there any more, or are of another kind. */
class LateUsesTest {
	@Test
	void aFreedBlockIsNotTouched() {
		check("""
				byte f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dFree(b);
					return b.bytes().get(0); // finds use-after-free
				}
				void g(HiaiBuffer b) {
					HiaiMemory.dFree(b);
					b.bytes().put((byte) 1); // finds use-after-free
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					HiaiMemory.dvppDFree(b);
					sendData(0, "b", b); // finds use-after-free
				}
				int i(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dFree(b);
					return b.size();
				}
				""");
	}

	@Test
	void onlyPathsThatFreeAreMeant() {
		check("""
				byte f(int n, boolean done) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (done) {
						HiaiMemory.dFree(b);
						b = null;
					}
					byte first = done ? 0 : b.bytes().get(0);
					if (!done) {
						HiaiMemory.dFree(b);
					}
					return first;
				}
				byte g(int n, boolean done) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (done) {
						HiaiMemory.dFree(b);
					}
					byte first = b.bytes().get(0); // finds use-after-free
					if (!done) {
						HiaiMemory.dFree(b);
					}
					return first;
				}
				""");
	}

	@Test
	void aClosedBlockIsNotTouchedEither() {
		check("""
				byte f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					b.close();
					return b.bytes().get(0); // finds use-after-free
				}
				""");
	}

	@Test
	void anotherNameOfTheBlockIsTheBlock() {
		check("""
				byte f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiBuffer alias = b;
					HiaiMemory.dFree(b);
					return alias.bytes().get(0); // finds use-after-free
				}
				byte g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiBuffer alias = b;
					HiaiMemory.dFree(b);
					b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					byte first = b.bytes().get(0);
					HiaiMemory.dFree(b);
					return first;
				}
				""");
	}

	@Test
	void aSentAutoBlockIsNotTouched() {
		check("""
				byte f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (sendData(0, "b", b) == HiaiStatus.OK) {
						return b.bytes().get(0); // finds use-after-send
					}
					byte first = b.bytes().get(0);
					HiaiMemory.dFree(b);
					return first;
				}
				byte g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					sendData(0, "b", b);
					byte first = b.bytes().get(0);
					HiaiMemory.dFree(b);
					return first;
				}
				""");
	}

	@Test
	void aSentAutoBlockIsNotSentAgain() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus first = sendData(0, "b", b);
					if (first == HiaiStatus.OK) {
						sendData(1, "b", b); // finds sent-twice
					} else {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status = sendData(0, "b", b);
					if (status != HiaiStatus.OK) {
						status = sendData(1, "b", b);
					}
					if (status != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				void h(int n, int receivers) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					for (int port = 0; port < receivers; port++) {
						sendData(port, "b", b);
					}
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void eachKindHasItsFree() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					HiaiMemory.dFree(b); // finds mismatched-free
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiMemory.dvppDFree(b); // finds mismatched-free
				}
				void h(int n, boolean image) {
					HiaiBuffer b = image ? HiaiMemory.dvppDMalloc(n) : HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (image) {
						HiaiMemory.dvppDFree(b);
					} else {
						HiaiMemory.dFree(b);
					}
				}
				void i(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					b.close();
				}
				""");
	}
}
