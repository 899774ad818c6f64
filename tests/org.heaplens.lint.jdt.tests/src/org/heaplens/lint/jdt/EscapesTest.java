
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;
import static org.heaplens.lint.jdt.Snippets.checkUnit;

import org.junit.jupiter.api.Test;

class EscapesTest {
	@Test
	void whatIsStoredOrReturnedIsSomebodyElses() {
		check("""
				private HiaiBuffer kept; private static HiaiBuffer shared; private HiaiBuffer[] all = new HiaiBuffer[3];
				HiaiBuffer returned(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					return b;
				}
				HiaiBuffer atOnce(int n) {
					return HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
				}
				void stored(int n, App other) {
					kept = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					this.kept = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					shared = HiaiMemory.dMalloc(n);
					all[0] = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					other.kept = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					HiaiBuffer[] some = { b };
					System.out.println(some.length);
				}
				void contained(int n, List<HiaiBuffer> list, Map<String, HiaiBuffer> map, Queue<HiaiBuffer> queue) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					list.add(b);
					map.put("x", HiaiMemory.dMalloc(n));
					HiaiBuffer c = HiaiMemory.dMalloc(n);
					queue.offer(c);
					List<HiaiBuffer> pair = List.of(HiaiMemory.dMalloc(n), HiaiMemory.dMalloc(n)); // finds unsent-auto-block, unsent-auto-block
				}
				""");
	}

	@Test
	void onlyThePathThatStoresIsSilent() {
		check("""
				private HiaiBuffer kept;
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					if (n > 3) {
						kept = b;
					}
				}
				HiaiBuffer g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					return n > 4 ? b : null;
				}
				""");
	}

	@Test
	void capturedBlocksMayBeFreedLater() {
		check("""
				void f(int n, Executor executor) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					executor.execute(() -> HiaiMemory.dFree(b));
				}
				void g(int n, Executor executor) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					executor.execute(b::close);
				}
				Runnable h(int n) {
					final HiaiBuffer b = HiaiMemory.dMalloc(n);
					return new Runnable() {
						@Override
						public void run() {
							HiaiMemory.dFree(b);
						}
					};
				}
				void i(int n) {
					final HiaiBuffer b = HiaiMemory.dMalloc(n);
					class Later {
						void free() {
							HiaiMemory.dFree(b);
						}
					}
					new Later().free();
				}
				""");
	}

	@Test
	void lambdasAndClassesAreFunctionsOfTheirOwn() {
		check("""
				Runnable f(int n) {
					return () -> {
						HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
						b.size();
					};
				}
				Callable<HiaiBuffer> g(int n) {
					return () -> HiaiMemory.dMalloc(n);
				}
				Runnable h(int n) {
					return new Runnable() {
						public void run() {
							HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
							if (n > 3) {
								return;
							}
							HiaiMemory.dFree(b);
						}
					};
				}
				static {
					HiaiBuffer b = HiaiMemory.dMalloc(1); // finds size-not-recommended, unsent-auto-block
				}
				App(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 1, MANUAL_FREE); // finds leaked-manual-block
				}
				Runnable field = () -> HiaiMemory.dFree(HiaiMemory.dMalloc(4)); // finds size-not-recommended
				""");
	}

	@Test
	void unknownCalleesBorrow() {
		check("""
				abstract boolean fill(HiaiBuffer b);
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					fill(b);
					Unknown.read(b);
					if (HiaiMemory.isDMalloc(b, n)) {
						System.out.println(b);
					}
				}
				void g(int n) {
					Unknown.consume(HiaiMemory.dMalloc(n));
				}
				""");
	}

	@Test
	void methodsOfTheFileAreLookedAt() {
		check("""
				void release(HiaiBuffer buffer) {
					if (buffer != null) {
						HiaiMemory.dFree(buffer);
					}
				}
				void releaseAll(HiaiBuffer... buffers) {
					for (HiaiBuffer buffer : buffers) {
						HiaiMemory.dFree(buffer);
					}
				}
				void indirectly(HiaiBuffer buffer, int depth) {
					if (depth > 0) {
						indirectly(buffer, depth - 1);
					}
					release(buffer); // finds double-free
				}
				private HiaiBuffer kept;
				void keep(HiaiBuffer buffer) {
					kept = buffer;
				}
				boolean inspect(HiaiBuffer buffer) {
					return buffer.size() > 3;
				}
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					release(b);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					indirectly(b, 3);
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					keep(b);
					HiaiBuffer c = HiaiMemory.dMalloc(n);
					releaseAll(c);
				}
				void i(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					inspect(b);
				}
				""");
	}

	@Test
	void ownersOfTheFileTakeOver() {
		check("""
				static class Owner implements AutoCloseable {
					private final HiaiBuffer buffer;
					Owner(HiaiBuffer buffer) {
						this.buffer = buffer;
					}
					public void close() {
						HiaiMemory.dFree(buffer);
					}
				}
				void f(int n) {
					try (Owner owner = new Owner(HiaiMemory.dMalloc(n, 0, MANUAL_FREE))) {
						System.out.println(owner);
					}
				}
				Owner g(int n) {
					return new Owner(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
				}
				""");
	}

	@Test
	void blocksFromOutsideMayBeFreedOnce() {
		check("""
				void f(HiaiBuffer b) {
					HiaiMemory.dFree(b);
				}
				void g(HiaiBuffer b) {
					HiaiMemory.dFree(b);
					HiaiMemory.dFree(b); // finds double-free
				}
				void h(Queue<HiaiBuffer> queue) {
					HiaiBuffer b = queue.poll();
					if (b != null) {
						HiaiMemory.dFree(b);
						b.close();
					}
				}
				void i(Queue<HiaiBuffer> queue, boolean all) {
					HiaiBuffer b = queue.poll();
					if (all) {
						HiaiMemory.dFree(b);
					}
					HiaiMemory.dFree(b); // finds double-free
				}
				void j(List<HiaiBuffer> buffers) {
					for (HiaiBuffer b : buffers) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void dvppBlocksAreLeftToAnotherRule() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n); // finds leaked-dvpp-block
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dvppDMalloc(n);
					HiaiMemory.dvppDFree(b);
					HiaiMemory.dvppDFree(b); // finds double-free
				}
				""");
	}

	@Test
	void staticImportsAreUnderstood() {
		checkUnit("""
				import static org.heaplens.runtime.HiaiMemory.*;
				import static org.heaplens.runtime.MemoryAttr.MANUAL_FREE;
				import org.heaplens.runtime.HiaiBuffer;
				class A {
					void f(int n) {
						HiaiBuffer b = dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
						if (n > 3) {
							dFree(b);
						}
					}
				}
				""");
		checkUnit("""
				import org.heaplens.runtime.HiaiBuffer;
				class A {
					HiaiBuffer dMalloc(int n) { return null; }
					void f(int n) {
						HiaiBuffer b = dMalloc(n);
					}
				}
				""");
	}
}
