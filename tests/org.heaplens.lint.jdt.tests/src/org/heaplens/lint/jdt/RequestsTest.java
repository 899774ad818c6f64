// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;
import static org.heaplens.lint.jdt.Snippets.checkAll;

import org.junit.jupiter.api.Test;

/** How blocks are asked for, and whether anybody looks at the answer. */
class RequestsTest {
	@Test
	void sizesAreComputed() {
		check("""
				static final int MEGA = 1024 * 1024;
				private final int small = MEGA / 8;
				int changing = 7;
				void f(int n) {
					HiaiMemory.dFree(HiaiMemory.dMalloc(300 * MEGA)); // finds size-out-of-range
					HiaiMemory.dFree(HiaiMemory.dMalloc((1 << 28) + 1)); // finds size-out-of-range
					HiaiMemory.dFree(HiaiMemory.dMalloc(1 << 28));
					HiaiMemory.dFree(HiaiMemory.dMalloc(0x1000_0001)); // finds size-out-of-range
					HiaiMemory.dFree(HiaiMemory.dMalloc(-1)); // finds size-out-of-range
					HiaiMemory.dFree(HiaiMemory.dMalloc(MEGA - MEGA)); // finds size-out-of-range
					HiaiMemory.dFree(HiaiMemory.dMalloc(small)); // finds size-not-recommended
					HiaiMemory.dFree(HiaiMemory.dMalloc(changing));
					HiaiMemory.dFree(HiaiMemory.dMalloc(n * 0));
					HiaiMemory.dvppDFree(HiaiMemory.dvppDMalloc(64));
					HiaiMemory.dvppDFree(HiaiMemory.dvppDMalloc(256 * MEGA)); // finds size-out-of-range
				}
				void g(int MEGA) {
					HiaiMemory.dFree(HiaiMemory.dMalloc(MEGA - MEGA));
				}
				""");
	}

	@Test
	void sizesThatWouldWrapAroundAreNotJudged() {
		Snippets.check("""
				void f() {
					HiaiMemory.dFree(HiaiMemory.dMalloc(n() * 65536));
				}
				abstract int n();
				""");
	}

	@Test
	void flagsSayWhoFrees() {
		check("""
				void f(int n, MemoryAttr flag) {
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, MemoryAttr.NONE)); // finds bad-flag
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, MemoryAttr.MAX)); // finds bad-flag
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, null)); // finds bad-flag
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, MemoryAttr.HUGE_PAGE));
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, MemoryAttr.AUTO_FREE));
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, flag));
				}
				void g(int n, boolean auto) {
					MemoryAttr flag = auto ? MemoryAttr.AUTO_FREE : MemoryAttr.NONE;
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, flag)); // finds bad-flag
				}
				""");
	}

	@Test
	void flagsMayBeNumbers() {
		check("""
				void f(int n) {
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, 0)); // finds bad-flag
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, 3)); // finds bad-flag
					HiaiMemory.dFree(HiaiMemory.dMalloc(n, 0, 1));
					HiaiBuffer manual = HiaiMemory.dMalloc(n, 0, 4); // finds leaked-manual-block
					HiaiBuffer auto = HiaiMemory.dMalloc(n, 0, 2); // finds unsent-auto-block
				}
				""");
	}

	@Test
	void anAnswerIsLookedAtOrNot() {
		checkAll("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					b.bytes().put((byte) 1); // finds unchecked-allocation
					HiaiMemory.dFree(b);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (b != null) {
						b.bytes().put((byte) 1);
					}
					HiaiMemory.dFree(b);
				}
				void h(int n) {
					HiaiBuffer b = Objects.requireNonNull(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					b.bytes().put((byte) 1);
					HiaiMemory.dFree(b);
				}
				void i(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					assert b != null;
					b.bytes().put((byte) 1);
					HiaiMemory.dvppDFree(b);
				}
				void j(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (sendData(0, "b", b) != HiaiStatus.OK) { // finds unchecked-allocation
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void anAllocationThatIsNotLookedAtIsFoundOnce() {
		checkAll("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (n > 3) {
						b.bytes().put((byte) 1); // finds unchecked-allocation
					} else {
						b.bytes().put((byte) 2);
					}
					b.bytes().put((byte) 3);
					HiaiMemory.dFree(b);
				}
				""");
	}
}
