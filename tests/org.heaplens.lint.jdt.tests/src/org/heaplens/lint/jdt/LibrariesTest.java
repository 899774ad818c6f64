// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;

import org.junit.jupiter.api.Test;

/** Blocks in the hands of the platform's and other people's classes. */
class LibrariesTest {
	@Test
	void anOptionalHoldsOneBlock() {
		check("""
				void taken(int n) {
					Optional<HiaiBuffer> b = Optional.of(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					HiaiMemory.dFree(b.get());
				}
				void inPlace(int n) {
					Optional.of(HiaiMemory.dMalloc(n, 0, MANUAL_FREE)).get().close();
				}
				void asked(int n) {
					Optional<HiaiBuffer> b = Optional.ofNullable(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					if (b.isPresent()) {
						HiaiMemory.dFree(b.get());
					}
				}
				void orNull(int n) {
					Optional<HiaiBuffer> b = Optional.ofNullable(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					HiaiBuffer inside = b.orElse(null);
					if (inside != null) {
						HiaiMemory.dFree(inside);
					}
				}
				Optional<HiaiBuffer> handedOut(int n) {
					return Optional.ofNullable(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
				}
				void inACall(int n) {
					Optional.ofNullable(HiaiMemory.dMalloc(n, 0, MANUAL_FREE)).ifPresent(HiaiMemory::dFree);
				}
				void forgotten(int n) {
					Optional<HiaiBuffer> b = Optional.of(HiaiMemory.dMalloc(n, 0, MANUAL_FREE)); // finds leaked-manual-block
				}
				void onlyLookedAt(int n) {
					Optional<HiaiBuffer> b = Optional.ofNullable(HiaiMemory.dMalloc(n, 0, MANUAL_FREE)); // finds leaked-manual-block
					if (b.isPresent()) {
						System.out.println(b.get().size());
					}
				}
				void twice(int n) {
					Optional<HiaiBuffer> b = Optional.of(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					HiaiMemory.dFree(b.get());
					HiaiMemory.dFree(b.get()); // finds double-free
				}
				""");
	}

	@Test
	void aLoopReadsAllElementsByItsCounter() {
		check("""
				void ofTheSameNumber(int[] sizes) {
					HiaiBuffer[] blocks = new HiaiBuffer[sizes.length];
					for (int i = 0; i < sizes.length; i++) {
						blocks[i] = HiaiMemory.dMalloc(sizes[i], 0, MANUAL_FREE);
					}
					for (int i = 0; i < sizes.length; i++) {
						HiaiMemory.dFree(blocks[i]);
					}
				}
				void backwards(int[] sizes) {
					List<HiaiBuffer> blocks = new ArrayList<>();
					for (int size : sizes) {
						blocks.add(HiaiMemory.dMalloc(size, 0, MANUAL_FREE));
					}
					for (int i = blocks.size() - 1; i >= 0; i--) {
						HiaiMemory.dFree(blocks.get(i));
					}
				}
				void twoOfThem(int count) {
					HiaiBuffer[] in = new HiaiBuffer[count];
					HiaiBuffer[] out = new HiaiBuffer[count];
					for (int i = 0; i < count; i++) {
						in[i] = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
						out[i] = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
					}
					for (int i = 0; i < count; i++) {
						HiaiMemory.dFree(in[i]);
						HiaiMemory.dFree(out[i]);
					}
				}
				void onlyOneOfThem(int count) {
					HiaiBuffer[] in = new HiaiBuffer[count];
					HiaiBuffer[] out = new HiaiBuffer[count];
					for (int i = 0; i < count; i++) {
						in[i] = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
						out[i] = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE); // finds leaked-manual-block
					}
					for (int i = 0; i < count; i++) {
						HiaiMemory.dFree(in[i]);
						System.out.println(out[i].size());
					}
				}
				""");
	}

	@Test
	void aStrangerThatClosesMayFree() {
		check("""
				void quietly(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					IOUtils.closeQuietly(b);
				}
				void back(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					Pools.releaseAll(b);
				}
				native void freeLater(HiaiBuffer b);
				void inNativeCode(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					freeLater(b);
				}
				void borrowed(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					Pools.look(b);
				}
				""");
	}

	@Test
	void aClauseThatNothingElseLeadsToCatchesWhatTheApiMayThrow() {
		check("""
				void inTheClause(int n) {
					HiaiBuffer b = null;
					try {
						b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					} catch (RuntimeException e) {
						HiaiBuffer spare = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					} finally {
						if (b != null) {
							HiaiMemory.dFree(b);
						}
					}
				}
				void nothingIsThereYet(int n) {
					HiaiBuffer b;
					try {
						b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					} catch (RuntimeException e) {
						return;
					}
					HiaiMemory.dFree(b);
				}
				void freedAllTheSame(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					try {
						HiaiMemory.dFree(b);
					} catch (RuntimeException e) {
						System.err.println(e);
					}
				}
				""");
	}

	@Test
	void aMethodThatIsNotKnownMayThrow() {
		check("""
				void caught(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					try {
						b.fill();
						HiaiMemory.dFree(b);
					} catch (IOException e) {
						System.err.println(e);
					}
				}
				""");
	}

	@Test
	void overloadsAreToldApart() {
		Snippets.checkBound("""
				static void close(HiaiBuffer b, Runnable onError) {
					HiaiMemory.dFree(b);
				}
				static void close(HiaiBuffer... all) {
					for (HiaiBuffer b : all) {
						HiaiMemory.dFree(b);
					}
				}
				void both(int n) {
					HiaiBuffer a = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					close(a, b);
				}
				""");
	}
}
