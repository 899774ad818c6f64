// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.Side;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.replay.Policy;
import org.heaplens.runtime.replay.VirtualHeap;
import org.heaplens.runtime.replay.VirtualHeap.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting in a time that the test moves. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WaitingTest {
	private static final int CAPACITY = 1 << 20;

	private final VirtualClock clock = new VirtualClock();
	private final SimulatedHeap heap = new SimulatedHeap(new HeapInfo(0, Side.HOST, 0, CAPACITY, 0),
			HeapRules.of(Side.HOST, Settings.of(Map.of())), clock, Recorder.begin(Settings.of(Map.of())));

	/** A request on a thread of its own. */
	private final class Asked {
		private final CompletableFuture<Answer> answer = new CompletableFuture<>();
		private final Thread thread;

		Asked(int size, int timeOutMillis) {
			thread = new Thread(() -> answer.complete(heap.allocate(size, timeOutMillis, BlockFlag.MANUAL_FREE)));
			thread.start();
		}

		Answer get() {
			return answer.join();
		}
	}

	private void awaitWaiting(int count) {
		while (heap.waiting() != count) {
			Thread.onSpinWait();
		}
	}

	private Asked waiting(int size, int timeOutMillis) {
		int before = heap.waiting();
		var asked = new Asked(size, timeOutMillis);
		awaitWaiting(before + 1);
		while (!clock.isWaiting(asked.thread)) {
			Thread.onSpinWait();
		}
		return asked;
	}

	private SimulatedBuffer whole() {
		return assertInstanceOf(SimulatedBuffer.class, heap.allocate(CAPACITY, 0, BlockFlag.MANUAL_FREE));
	}

	@Test
	void aRequestGivesUpWhenItsTimeIsOverAndNotBefore() {
		whole();
		Asked asked = waiting(64, 500);
		clock.advance(TimeUnit.MILLISECONDS.toNanos(500) - 1);
		assertEquals(1, heap.waiting());
		clock.advance(1);
		assertEquals(HiaiStatus.GRAPH_NO_MEMORY, asked.get().status());
		assertEquals(0, heap.waiting());
	}

	@Test
	void roomIsHandedOverInTheFreeThatMakesIt() {
		SimulatedBuffer all = whole();
		Asked first = waiting(CAPACITY - 64, 500);
		Asked second = waiting(64, 500);
		all.close();
		// Nobody had to wake for it.
		assertEquals(0, heap.waiting());
		assertEquals(CAPACITY, heap.checkedUse());
		assertEquals(0, ((SimulatedBuffer) first.get()).offset());
		assertEquals(CAPACITY - 64, ((SimulatedBuffer) second.get()).offset());
	}

	@Test
	void whoGivesUpMakesWay() {
		SimulatedBuffer kept = assertInstanceOf(SimulatedBuffer.class, heap.allocate(64, 0, BlockFlag.MANUAL_FREE));
		Asked large = waiting(CAPACITY, 100);
		Asked small = waiting(64, 500);
		clock.advance(TimeUnit.MILLISECONDS.toNanos(100));
		assertEquals(HiaiStatus.GRAPH_NO_MEMORY, large.get().status());
		assertEquals(64, ((SimulatedBuffer) small.get()).offset());
		kept.close();
	}

	@Test
	void aNewcomerWithoutTimeOvertakesNobody() {
		SimulatedBuffer kept = assertInstanceOf(SimulatedBuffer.class, heap.allocate(64, 0, BlockFlag.MANUAL_FREE));
		Asked large = waiting(CAPACITY, 100);
		assertEquals(HiaiStatus.GRAPH_NO_MEMORY, heap.allocate(64, 0, BlockFlag.MANUAL_FREE).status());
		kept.close();
		assertEquals(HiaiStatus.OK, large.get().status());
	}

	@Test
	void anInterruptEndsTheWaitAndStays() {
		whole();
		var interrupted = new CompletableFuture<Boolean>();
		var thread = new Thread(() -> {
			HiaiStatus status = heap.allocate(64, 500, BlockFlag.MANUAL_FREE).status();
			interrupted.complete(status == HiaiStatus.GRAPH_NO_MEMORY && Thread.currentThread().isInterrupted());
		});
		thread.start();
		awaitWaiting(1);
		thread.interrupt();
		assertTrue(interrupted.join());
		assertEquals(0, heap.waiting());
	}

	/** The same requests to both: so a replay tells what the program would have seen. */
	@Test
	void aVirtualHeapDecidesAsThisOne() {
		long seed = System.nanoTime();
		System.out.println("WaitingTest seed " + seed);
		var random = new Random(seed);
		var virtual = new VirtualHeap(CAPACITY, Policy.TLSF);
		List<Asked> asked = new ArrayList<>();
		List<VirtualHeap.Request> requests = new ArrayList<>();
		for (int step = 0; step < 300; step++) {
			switch (random.nextInt(5)) {
				case 0, 1 -> {
					int size = 64 * (1 + random.nextInt(8000));
					int timeOutMillis = random.nextInt(4) * 10;
					requests.add(virtual.allocate(clock.nanoTime(), size, timeOutMillis));
					boolean waits = requests.get(requests.size() - 1).outcome() == Outcome.WAITING;
					asked.add(waits ? waiting(size, timeOutMillis) : new Asked(size, timeOutMillis));
				}
				case 2, 3 -> {
					List<Integer> live = indices(requests, Outcome.SERVED);
					if (!live.isEmpty()) {
						int index = live.get(random.nextInt(live.size()));
						virtual.free(clock.nanoTime(), requests.get(index));
						((SimulatedBuffer) asked.get(index).get()).close();
					}
				}
				default -> {
					long nanos = TimeUnit.MILLISECONDS.toNanos(random.nextInt(25));
					virtual.advance(clock.nanoTime() + nanos);
					clock.advance(nanos);
				}
			}
			awaitWaiting(virtual.waiting().size());
			requireSame(requests, asked);
			assertEquals(virtual.used(), heap.checkedUse(), "step " + step);
		}
	}

	private static List<Integer> indices(List<VirtualHeap.Request> requests, Outcome outcome) {
		List<Integer> found = new ArrayList<>();
		for (int index = 0; index < requests.size(); index++) {
			if (requests.get(index).outcome() == outcome) {
				found.add(index);
			}
		}
		return found;
	}

	private static void requireSame(List<VirtualHeap.Request> requests, List<Asked> asked) {
		for (int index : indices(requests, Outcome.SERVED)) {
			assertEquals(requests.get(index).offset(), ((SimulatedBuffer) asked.get(index).get()).offset(), "request " + index);
		}
		for (int index : indices(requests, Outcome.TIMED_OUT)) {
			assertEquals(HiaiStatus.GRAPH_NO_MEMORY, asked.get(index).get().status(), "request " + index);
		}
	}
}
