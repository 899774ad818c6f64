// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import org.junit.jupiter.api.Test;

/** Functions that the platform runs at once: for each element, for what is there. */
class LambdasTest {
	@Test
	void listsForEach() {
		Snippets.check("""
				void freed(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n));
					all.add(HiaiMemory.dMalloc(n));
					all.forEach(each -> HiaiMemory.dFree(each));
				}
				void freedByReference(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n));
					all.forEach(HiaiMemory::dFree);
				}
				void closedByReference(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n));
					all.forEach(HiaiBuffer::close);
				}
				void block(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n));
					all.forEach(each -> {
						if (each != null) {
							HiaiMemory.dFree(each);
						}
					});
				}
				void sized(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n)); // finds unsent-auto-block
					all.forEach(each -> each.size());
				}
				void twice(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n));
					all.forEach(HiaiMemory::dFree);
					all.forEach(HiaiMemory::dFree); // finds double-free
				}
				""");
	}

	@Test
	void someAreLeftWhereTheFunctionChooses() {
		Snippets.check("""
				void some(int n, boolean really) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n)); // finds unsent-auto-block
					all.forEach(each -> {
						if (really) {
							HiaiMemory.dFree(each);
						}
					});
				}
				""");
	}

	@Test
	void aFunctionThatReturnsEarlyIsNotFollowed() {
		Snippets.check("""
				void some(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					all.add(HiaiMemory.dMalloc(n));
					all.forEach(each -> {
						if (each == null) {
							return;
						}
						HiaiMemory.dFree(each);
					});
				}
				""");
	}

	@Test
	void whatALambdaMakesIsReportedOnce() {
		Snippets.check("""
				void made(int n) {
					List<Integer> sizes = new ArrayList<>();
					sizes.add(n);
					sizes.forEach(size -> {
						HiaiBuffer b = HiaiMemory.dMalloc(n); // finds lost-block
					});
				}
				""");
	}

	@Test
	void mapsForEach() {
		Snippets.check("""
				void freed(int n) {
					Map<String, HiaiBuffer> all = new HashMap<>();
					all.put("a", HiaiMemory.dMalloc(n));
					all.forEach((name, each) -> HiaiMemory.dFree(each));
				}
				void named(int n) {
					Map<String, HiaiBuffer> all = new HashMap<>();
					all.put("a", HiaiMemory.dMalloc(n)); // finds unsent-auto-block
					all.forEach((name, each) -> System.out.println(name));
				}
				void values(int n) {
					Map<String, HiaiBuffer> all = new HashMap<>();
					all.put("a", HiaiMemory.dMalloc(n));
					for (HiaiBuffer each : all.values()) {
						HiaiMemory.dFree(each);
					}
				}
				void entries(int n) {
					Map<String, HiaiBuffer> all = new HashMap<>();
					all.put("a", HiaiMemory.dMalloc(n));
					for (Map.Entry<String, HiaiBuffer> each : all.entrySet()) {
						HiaiMemory.dFree(each.getValue());
					}
				}
				void keys(int n) {
					Map<String, HiaiBuffer> all = new HashMap<>();
					all.put("a", HiaiMemory.dMalloc(n)); // finds unsent-auto-block
					for (Map.Entry<String, HiaiBuffer> each : all.entrySet()) {
						System.out.println(each.getKey());
					}
				}
				""");
	}

	@Test
	void optionalsIfPresent() {
		Snippets.check("""
				void freed(int n) {
					Optional<HiaiBuffer> b = Optional.ofNullable(HiaiMemory.dMalloc(n));
					b.ifPresent(HiaiMemory::dFree);
				}
				void freedByLambda(int n) {
					Optional<HiaiBuffer> b = Optional.ofNullable(HiaiMemory.dMalloc(n));
					b.ifPresent(it -> HiaiMemory.dFree(it));
				}
				void sized(int n) {
					Optional<HiaiBuffer> b = Optional.ofNullable(HiaiMemory.dMalloc(n)); // finds unsent-auto-block
					b.ifPresent(it -> it.size());
				}
				""");
	}
}
