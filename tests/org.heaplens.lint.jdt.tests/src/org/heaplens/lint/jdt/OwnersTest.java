// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;

import org.junit.jupiter.api.Test;

/** Objects that own blocks: made here, handed on, closed or forgotten. */
class OwnersTest {
	/** An owner as people write it. */
	private static final String FRAME = """
			static class Frame implements AutoCloseable {
				private HiaiBuffer pixels;
				Frame(int n) {
					pixels = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
				}
				Frame(HiaiBuffer given) {
					this.pixels = given;
				}
				int size() {
					return pixels.size();
				}
				HiaiBuffer pixels() {
					return pixels;
				}
				@Override
				public void close() {
					if (pixels != null) {
						HiaiMemory.dFree(pixels);
						pixels = null;
					}
				}
			}
			""";

	@Test
	void anOwnerThatIsClosedIsFine() {
		check(FRAME + """
				void inTry(int n) {
					try (Frame frame = new Frame(n)) {
						frame.size();
					}
				}
				void inFinally(int n) {
					Frame frame = new Frame(n);
					try {
						frame.size();
					} finally {
						frame.close();
					}
				}
				void given(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (b == null) {
						return;
					}
					try (Frame frame = new Frame(b)) {
						frame.size();
					}
				}
				void closedTwice(int n) {
					Frame frame = new Frame(n);
					frame.close();
					frame.close();
				}
				Frame handedOn(int n) {
					return new Frame(n);
				}
				void freedByHand(int n) {
					Frame frame = new Frame(n);
					HiaiMemory.dFree(frame.pixels());
				}
				""");
	}

	@Test
	void anOwnerThatIsForgottenLeaks() {
		check(FRAME + """
				void forgotten(int n) {
					Frame frame = new Frame(n); // finds leaked-manual-block
					frame.size();
				}
				void dropped(int n) {
					new Frame(n); // finds leaked-manual-block
				}
				int earlyReturn(int n) {
					Frame frame = new Frame(n); // finds leaked-manual-block
					if (frame.size() > 3) {
						return 1;
					}
					frame.close();
					return 0;
				}
				void given(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					Frame frame = new Frame(b);
				}
				Frame factory(int n) {
					return new Frame(n);
				}
				void ofFactory(int n) {
					Frame frame = factory(n); // finds leaked-manual-block
				}
				void overwritten(int n) {
					Frame frame = new Frame(n); // finds lost-block
					frame = new Frame(n + 1);
					frame.close();
				}
				""");
	}

	@Test
	void anOwnerFreesOnce() {
		check(FRAME + """
				void freedBehindItsBack(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					Frame frame = new Frame(b);
					HiaiMemory.dFree(b);
					frame.close(); // finds double-free
				}
				""");
	}

	@Test
	void helpersAreUnderstood() {
		check("""
				private static HiaiBuffer allocate(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					if (b == null) {
						throw new IllegalStateException("no memory");
					}
					return b;
				}
				private static void release(HiaiBuffer b) {
					if (b != null) {
						HiaiMemory.dFree(b);
					}
				}
				private static boolean releaseIf(HiaiBuffer b, boolean really) {
					if (really) {
						HiaiMemory.dFree(b);
					}
					return really;
				}
				private static HiaiBuffer same(HiaiBuffer b) {
					return b;
				}
				void fine(int n) {
					HiaiBuffer b = allocate(n);
					release(b);
				}
				void leaks(int n) {
					HiaiBuffer b = allocate(n); // finds leaked-manual-block
				}
				void twice(int n) {
					HiaiBuffer b = allocate(n);
					release(b);
					release(b); // finds double-free
				}
				void always(int n) {
					HiaiBuffer b = allocate(n);
					releaseIf(b, true);
				}
				void never(int n) {
					HiaiBuffer b = allocate(n); // finds leaked-manual-block
					releaseIf(b, false);
				}
				void told(int n, boolean p) {
					HiaiBuffer b = allocate(n);
					if (!releaseIf(b, p)) {
						HiaiMemory.dFree(b);
					}
				}
				void through(int n) {
					HiaiBuffer b = same(allocate(n));
					release(same(b));
				}
				void throughAndForgotten(int n) {
					HiaiBuffer b = same(allocate(n)); // finds leaked-manual-block
				}
				""");
	}

	@Test
	void collectionsAreEmptied() {
		check("""
				void freedInALoop(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					for (int i = 0; i < n; i++) {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
						if (b != null) {
							all.add(b);
						}
					}
					for (HiaiBuffer b : all) {
						HiaiMemory.dFree(b);
					}
				}
				void neverFreed(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					all.add(b);
					System.out.println(all.size());
				}
				void onlyLookedAt(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					HiaiBuffer first = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					all.add(first);
					for (HiaiBuffer b : all) {
						b.size();
					}
				}
				void polled(int n) {
					Queue<HiaiBuffer> queue = new ArrayDeque<>();
					HiaiBuffer first = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					queue.add(first);
					HiaiBuffer b;
					while ((b = queue.poll()) != null) {
						HiaiMemory.dFree(b);
					}
				}
				void untilEmpty(int n) {
					Deque<HiaiBuffer> deque = new ArrayDeque<>();
					HiaiBuffer first = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					deque.push(first);
					while (!deque.isEmpty()) {
						HiaiMemory.dFree(deque.pop());
					}
				}
				void byIndex(int n) {
					HiaiBuffer[] all = new HiaiBuffer[n];
					for (int i = 0; i < all.length; i++) {
						all[i] = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					}
					for (int i = 0; i < all.length; i++) {
						HiaiMemory.dFree(all[i]);
					}
				}
				void byIterator(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					HiaiBuffer first = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					all.add(first);
					Iterator<HiaiBuffer> each = all.iterator();
					while (each.hasNext()) {
						HiaiMemory.dFree(each.next());
						each.remove();
					}
				}
				void brokenOff(int n) {
					List<HiaiBuffer> all = new ArrayList<>();
					HiaiBuffer first = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					all.add(first);
					for (HiaiBuffer b : all) {
						if (b.size() > 3) {
							break;
						}
						HiaiMemory.dFree(b);
					}
				}
				void pair(int n) {
					List<HiaiBuffer> pair = new ArrayList<>();
					pair.add(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					pair.add(HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					HiaiMemory.dFree(pair.get(0));
					HiaiMemory.dFree(pair.get(1));
				}
				""");
	}

	@Test
	void aFieldMustBeFreedSomewhere() {
		check("""
				static class Keeper {
					private HiaiBuffer kept;
					private final List<HiaiBuffer> all = new ArrayList<>();
					void keep(int n) {
						kept = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					}
					void collect(int n) {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
						all.add(b);
					}
					void clear() {
						for (HiaiBuffer b : all) {
							HiaiMemory.dFree(b);
						}
						all.clear();
					}
				}
				static class Swapper {
					private HiaiBuffer front = HiaiMemory.dMalloc(10, 0, MANUAL_FREE); // finds size-not-recommended
					private HiaiBuffer back = HiaiMemory.dMalloc(10, 0, MANUAL_FREE); // finds leaked-manual-block, size-not-recommended
					void close() {
						HiaiMemory.dFree(front);
					}
				}
				static class Reuser {
					private HiaiBuffer kept;
					void renew(int n) {
						if (kept != null) {
							HiaiMemory.dFree(kept);
						}
						kept = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					}
					HiaiBuffer take() {
						HiaiBuffer b = kept;
						kept = null;
						return b;
					}
				}
				record Pair(HiaiBuffer left, HiaiBuffer right) {
					void free() {
						HiaiMemory.dFree(left);
						HiaiMemory.dFree(right);
					}
				}
				void pairs(int n) {
					Pair pair = new Pair(HiaiMemory.dMalloc(n, 0, MANUAL_FREE), HiaiMemory.dMalloc(n, 0, MANUAL_FREE));
					pair.free();
				}
				void half(int n) {
					HiaiBuffer right = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					Pair pair = new Pair(HiaiMemory.dMalloc(n, 0, MANUAL_FREE), right);
					HiaiMemory.dFree(pair.left());
				}
				""");
	}

	@Test
	void whatIsInheritedIsUnderstood() {
		check("""
				static abstract class Base {
					protected HiaiBuffer held;
					void free() {
						HiaiMemory.dFree(held);
					}
					abstract void use();
				}
				static class Derived extends Base {
					Derived(int n) {
						held = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					}
					@Override
					void use() {
						held.size();
					}
				}
				void fine(int n) {
					Derived derived = new Derived(n);
					derived.use();
					derived.free();
				}
				void leaks(int n) {
					Derived derived = new Derived(n); // finds leaked-manual-block
					derived.use();
				}
				""");
	}

	@Test
	void whatClosesABlockMayDoSoTwice() {
		Snippets.check("""
				static void done(HiaiBuffer b) {
					b.close();
				}
				void twice() {
					HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
					done(b);
					done(b);
				}
				void sent() {
					HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 0, AUTO_FREE);
					if (sendData(0, "x", b) != HiaiStatus.OK) {
						done(b);
					}
					done(b);
				}
				void freed() {
					HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
					HiaiMemory.dFree(b);
					done(b);
				}
				void freedLast() {
					HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
					done(b);
					HiaiMemory.dFree(b); // finds double-free
				}
				void late() {
					HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
					done(b);
					b.bytes().get(); // finds use-after-free
				}
				static final class Owner implements AutoCloseable {
					private final HiaiBuffer held = HiaiMemory.dMalloc(1 << 20, 0, MANUAL_FREE);
					@Override
					public void close() {
						held.close();
					}
				}
				void owned() {
					try (Owner owner = new Owner()) {
						owner.close();
					}
				}
				""");
	}
}
