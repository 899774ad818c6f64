// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.checkUnit;

import org.junit.jupiter.api.Test;

/** The ways in which people write it. */
class IdiomsTest {
	@Test
	void onlyTheDefectsAreFound() {
		checkUnit(
				"""
						package app;
						import java.io.*; import java.nio.*; import java.nio.channels.*; import java.nio.file.*; import java.util.*; import java.util.concurrent.*; import java.util.function.*;
						import org.heaplens.runtime.*;
						final class Idioms extends Engine {
							record Frame(int number, HiaiBuffer data) {}
							static final class Holder implements AutoCloseable { private HiaiBuffer buffer; private int size;
								boolean allocate(int n) { close(); buffer = HiaiMemory.dMalloc(n, 1000, MemoryAttr.MANUAL_FREE); size = n; return buffer != null; }
								@Override public void close() { if (buffer != null) { HiaiMemory.dFree(buffer); buffer = null; } } }
							private final BlockingQueue<HiaiBuffer> pool = new LinkedBlockingQueue<>();
							private volatile boolean running = true; private int failures;
							public HiaiStatus process(int port, Object message) {
								if (!(message instanceof Frame frame)) { return HiaiStatus.ERROR; }
								HiaiBuffer in = frame.data();
								try {
									HiaiBuffer out = HiaiMemory.dMalloc(in.size());
									if (out == null) { failures++; return HiaiStatus.ERROR; }
									out.bytes().put(in.bytes());
									HiaiStatus status = sendData(0, "frame", new Frame(frame.number() + 1, out));
									if (status != HiaiStatus.OK) { HiaiMemory.dFree(out); }
									return status;
								} finally { HiaiMemory.dFree(in); }
							}
							void reader(Path path, int n) throws IOException {
								try (SeekableByteChannel channel = Files.newByteChannel(path)) {
									while (running) {
										HiaiBuffer buffer = HiaiMemory.dMalloc(n, 500, MemoryAttr.MANUAL_FREE);
										if (buffer == null) { failures++; continue; }
										try {
											ByteBuffer bytes = buffer.bytes();
											while (bytes.hasRemaining()) { if (channel.read(bytes) < 0) { return; } }
											sendData(0, "raw", buffer);
										} finally { buffer.close(); }
									}
								}
							}
							void fillPool(int count) throws InterruptedException {
								for (int i = 0; i < count; i++) {
									HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 0, MemoryAttr.MANUAL_FREE);
									if (b == null) { throw new IllegalStateException("pool of " + i); }
									pool.put(b);
								}
							}
							void drain() { HiaiBuffer b; while ((b = pool.poll()) != null) { HiaiMemory.dFree(b); } }
							void pooled() throws InterruptedException {
								HiaiBuffer b = pool.take();
								try { b.bytes().clear(); } finally { pool.put(b); }
							}
							int pair(int n) {
								HiaiBuffer a = null, b = null; int result = -1;
								try { a = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); if (a == null) return result;
									b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); if (b == null) return result;
									a.bytes().put(b.bytes()); result = 0; return result;
								} finally { if (b != null) HiaiMemory.dFree(b); if (a != null) HiaiMemory.dFree(a); }
							}
							boolean retry(int n) {
								for (int attempt = 0; attempt < 3; attempt++) {
									HiaiBuffer b = HiaiMemory.dMalloc(n);
									if (b == null) { continue; }
									if (sendData(0, "x", b) == HiaiStatus.OK) { return true; }
									HiaiMemory.dFree(b);
								}
								return false;
							}
							void collect(int n) {
								List<HiaiBuffer> all = new ArrayList<>();
								try { for (int i = 0; i < n; i++) { HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); if (b == null) break; all.add(b); } }
								finally { all.forEach(HiaiMemory::dFree); }
							}
							Supplier<HiaiBuffer> lazy(int n) { return () -> HiaiMemory.dMalloc(n); }
							void opt(int n) { Optional.ofNullable(HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE)).ifPresent(b -> { b.bytes(); HiaiMemory.dFree(b); }); }
							CompletableFuture<Void> async(int n, Executor ex) { HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); return CompletableFuture.runAsync(() -> work(b), ex).whenComplete((v, t) -> HiaiMemory.dFree(b)); }
							private void work(HiaiBuffer b) { b.bytes().putInt(0, 1); }
							void helper(int n) { HiaiBuffer b = allocate(n); if (b == null) return; work(b); release(b); }
							private HiaiBuffer allocate(int n) { HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); if (b == null) { throw new OutOfMemoryError(); } return b; }
							private static void release(HiaiBuffer b) { if (b != null) HiaiMemory.dFree(b); }
							int map(int n, Map<String, HiaiBuffer> m) { HiaiBuffer b = m.computeIfAbsent("x", k -> HiaiMemory.dMalloc(n)); return b.size(); }
							void leakInCatch(Path p, int n) {
								HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); // finds leaked-manual-block
								try { byte[] d = Files.readAllBytes(p); b.bytes().put(d); HiaiMemory.dFree(b); }
								catch (IOException e) { System.err.println(e); }
							}
							void doubleInCatch(Path p, int n) {
								HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE);
								try { HiaiMemory.dFree(b); byte[] d = Files.readAllBytes(p); }
								catch (IOException e) { HiaiMemory.dFree(b); } // finds double-free
							}
							void sw(int n, int kind) {
								HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
								switch (kind) { case 1 -> { if (sendData(1, "a", b) != HiaiStatus.OK) b.close(); } case 2 -> b.close(); default -> System.out.println("?"); }
							}
							void stream(List<Integer> sizes) { List<HiaiBuffer> l = sizes.stream().map(s -> HiaiMemory.dMalloc(s)).toList(); l.forEach(HiaiBuffer::close); }
							void locks(int n, java.util.concurrent.locks.Lock lock) {
								HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE);
								lock.lock(); try { work(b); } finally { lock.unlock(); HiaiMemory.dFree(b); }
							}
							void nestedOwner(int n) { try (Holder h = new Holder()) { if (h.allocate(n)) { System.out.println(h.size); } } }
							HiaiStatus tern(int n) { HiaiBuffer b = HiaiMemory.dMalloc(n); return b == null ? HiaiStatus.ERROR : send(b); }
							private HiaiStatus send(HiaiBuffer b) { HiaiStatus s = sendData(0, "x", b); if (s != HiaiStatus.OK) HiaiMemory.dFree(b); return s; }
							void flagged(int n, boolean toDevice) {
								MemoryAttr attr = toDevice ? MemoryAttr.AUTO_FREE : MemoryAttr.MANUAL_FREE; HiaiBuffer b = HiaiMemory.dMalloc(n, 10, attr); if (b == null) return;
								boolean sent = toDevice && sendData(0, "x", b) == HiaiStatus.OK;
								if (!sent) HiaiMemory.dFree(b);
							}
							void interrupt(int n) {
								HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE);
								try { Thread.sleep(10); pool.put(b); } catch (InterruptedException e) { Thread.currentThread().interrupt(); HiaiMemory.dFree(b); }
							}
							void lastOne(int n) {
								HiaiBuffer previous = null;
								for (int i = 0; i < n; i++) { HiaiBuffer current = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); if (previous != null) HiaiMemory.dFree(previous); previous = current; }
								if (previous != null) HiaiMemory.dFree(previous);
							}
							void multi(int n, Graph[] graphs, EnginePort port) {
								for (Graph g : graphs) { HiaiBuffer b = HiaiMemory.dMalloc(n); Frame f = new Frame(1, b); HiaiStatus s = g.sendData(port, "f", f, 10); switch (s) { case OK: break; case ERROR: HiaiMemory.dFree(b); break; default: HiaiMemory.dFree(b); failures++; } }
							}
							void array(int n) { HiaiBuffer[] bs = new HiaiBuffer[3]; for (int i = 0; i < 3; i++) { bs[i] = HiaiMemory.dMalloc(n); } for (HiaiBuffer b : bs) { HiaiMemory.dFree(b); } }
							void objReq(int n) { var b = Objects.requireNonNull(HiaiMemory.dMalloc(n), "b"); try { work(b); } finally { b.close(); } }
							void whileNull(int n) throws InterruptedException { HiaiBuffer b; while ((b = HiaiMemory.dMalloc(n)) == null) { Thread.sleep(1); } b.close(); }
							void anon(int n) { HiaiBuffer b = HiaiMemory.dMalloc(n); new Thread() { public void run() { b.close(); } }.start(); }
							int earlyPlain(int n) {
								HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE); // finds leaked-manual-block
								if (b == null) { return -1; }
								if (n % 3 == 0) return -2;
								if (n % 5 == 0) { failures++; return b.size(); }
								b.close(); return 0;
							}
						}
						""");
	}
}
