// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapState;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.internal.FreshSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReplayTest {
	private static final int KIBIBYTE = 1024;
	private static final HeapInfo HOST = new HeapInfo(0, Side.HOST, 0, 1024 * KIBIBYTE, 0);
	private static final HeapInfo DEVICE = new HeapInfo(1, Side.DEVICE, 0, 1024 * KIBIBYTE, 0);
	private static final long MILLISECOND = 1_000_000;

	private final List<HeapEvent> events = new ArrayList<>();
	private final long[] sequences = new long[2];

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	@ParameterizedTest
	@EnumSource(Policy.class)
	void theSamePolicyAndSizesGiveTheSameOffsetsAsThreadsThatContend(Policy policy) throws Exception {
		long seed = Long.getLong("heaplens.test.seed", System.nanoTime());
		System.out.println("ReplayTest " + policy.id() + " seed " + seed);
		HeapDriver driver = FreshSimulator
				.make(Map.of("host.capacity", "1M", "device.capacity", "1M", "simulator.policy", policy.id()), folder).driver();
		var threads = new ArrayList<Thread>();
		for (int number = 0; number < 4; number++) {
			var random = new Random(seed + number);
			threads.add(new Thread(() -> contend(driver, random), "worker " + number));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		var state = new HeapState();
		List<HeapInfo> heaps;
		try (var files = Files.list(folder); TraceReader trace = TraceReader.open(files.findFirst().orElseThrow())) {
			while (trace.poll(events::add, Integer.MAX_VALUE) > 0) {
				continue;
			}
			heaps = trace.heaps();
		}
		heaps.forEach(state::add);
		events.forEach(state::apply);
		events.sort(Comparator.comparingLong(HeapEvent::timeNanos).thenComparingInt(HeapEvent::heap)
				.thenComparingLong(HeapEvent::sequence));
		assertTrue(events.stream().anyMatch(event -> event.kind() == EventKind.WAIT_END), "nobody waited");
		for (ReplayResult result : replay(heaps, new ReplayPlan(policy, Map.of(), 500, false))) {
			assertEquals("", result.difference().what(), () -> "since #" + result.difference().sequence());
			assertEquals(state.snapshot(result.heap().id()).orElseThrow().digest(), result.digest());
			assertEquals(result.recorded().waits(), result.waits());
			assertEquals(result.recorded().timeouts(), result.timeouts());
		}
	}

	/** More than there is room for, for a few milliseconds each. */
	private static void contend(HeapDriver driver, Random random) {
		Deque<HiaiBuffer> mine = new ArrayDeque<>();
		for (int step = 0; step < 300; step++) {
			if (random.nextInt(5) < 3) {
				driver.allocate(1 + random.nextInt(180 * KIBIBYTE), random.nextInt(3), MemoryAttr.MANUAL_FREE).block().ifPresent(mine::add);
			} else if (!mine.isEmpty()) {
				driver.free(random.nextBoolean() ? mine.removeFirst() : mine.removeLast());
			}
		}
	}

	@Test
	void aLargerHeapSparesTheWait() {
		fullHeapAndOneThatWaits();
		ReplayResult result = replay(Map.of(0, 2048L * KIBIBYTE));
		assertEquals(0, result.waits());
		assertEquals(1, result.recorded().waits());
		assertEquals(1536 * KIBIBYTE, result.peakBytes());
		assertTrue(result.fits());
		assertFalse(result.isExact());
	}

	@Test
	void theSameHeapWaitsAsLong() {
		fullHeapAndOneThatWaits();
		ReplayResult result = replay(Map.of());
		assertEquals(1, result.waits());
		assertEquals(10 * MILLISECOND, result.waitNanos());
		assertTrue(result.isExact());
	}

	/** The second block waits for the end of the first, and so the third waits for that of the second, which is as much later. */
	@Test
	void aBlockThatComesLaterIsFreedAsMuchLater() {
		add(0, 0, EventKind.ALLOCATE, 0, 600, 0, 1);
		add(0, 10, EventKind.ALLOCATE, 600, 300, 0, 1);
		add(0, 30, EventKind.FREE, 0, 600, 0, 1);
		add(0, 40, EventKind.FREE, 600, 300, 0, 1);
		add(0, 45, EventKind.ALLOCATE, 0, 500, 0, 1);
		ReplayResult result = replay(Map.of(0, 700L * KIBIBYTE));
		assertEquals(2, result.waits());
		// 20 ms for the free of the first; then from 45 ms to 60 ms for the second, which lives 30 ms from 30 ms on.
		assertEquals(20 * MILLISECOND, result.longestWaitNanos());
		assertEquals(1, result.waiting());
		assertEquals(0, result.timeouts());
	}

	@Test
	void whatFindsNoRoomIsNeitherSentNorFreed() {
		add(0, 0, EventKind.ALLOCATE, 0, 600, 0, 1);
		add(0, 10, EventKind.ALLOCATE, 600, 300, 0, 1);
		add(0, 900, EventKind.SEND_BEGIN, 600, 300, 77, 1);
		add(1, 910, EventKind.RECEIVE, 0, 300, 77, 2);
		add(0, 920, EventKind.SEND_END, 600, 300, 77, 1);
		add(0, 930, EventKind.FREE, 600, 300, 0, 1);
		add(1, 940, EventKind.FREE, 0, 300, 0, 1);
		List<ReplayResult> results = replay(List.of(HOST, DEVICE), new ReplayPlan(Policy.TLSF, Map.of(0, 700L * KIBIBYTE), 500, false));
		assertEquals(1, results.get(0).timeouts());
		assertEquals(500 * MILLISECOND, results.get(0).longestWaitNanos());
		assertEquals(1, results.get(1).skipped());
		assertEquals(0, results.get(1).requests());
		assertEquals(1,
				replay(List.of(HOST, DEVICE), new ReplayPlan(Policy.TLSF, Map.of(0, 700L * KIBIBYTE), 500, true)).get(1).requests());
	}

	/** The recording knows no end of it, so it has that of others from its site: 20 ms. */
	@Test
	void whatTimedOutAndNowFitsLivesAsOthersFromItsSite() {
		add(0, 0, EventKind.ALLOCATE, 0, 600, 0, 1);
		add(0, 20, EventKind.FREE, 0, 600, 0, 1);
		add(0, 30, EventKind.ALLOCATE, 0, 800, 0, 3);
		add(0, 40, EventKind.TIMEOUT, 0, 600, 0, 1);
		add(0, 59, EventKind.ALLOCATE, 800, 100, 0, 3);
		ReplayResult before = replay(Map.of(0, 1500L * KIBIBYTE));
		assertEquals(3, before.liveBlocks());
		assertEquals(1, before.recorded().timeouts());
		assertEquals(0, before.timeouts());
		add(0, 60, EventKind.FREE, 800, 100, 0, 3);
		assertEquals(1, replay(Map.of(0, 1500L * KIBIBYTE)).liveBlocks());
	}

	@Test
	void aRequestThatMayNotWaitTimesOutAtOnce() {
		add(0, 0, EventKind.ALLOCATE, 0, 600, 0, 1);
		add(0, 1, EventKind.ALLOCATE, 600, 300, 0, 1);
		ReplayResult result = replay(List.of(HOST), new ReplayPlan(Policy.TLSF, Map.of(0, 700L * KIBIBYTE), 0, false)).get(0);
		assertEquals(1, result.timeouts());
		assertEquals(0, result.waits());
	}

	/** What a search for the least heap stops at: the time-out of one heap says nothing of the other. */
	@Test
	void aHeapThatIsTooSmallIsKnownAtItsFirstTimeOut() {
		add(0, 0, EventKind.ALLOCATE, 0, 600, 0, 1);
		add(1, 1, EventKind.ALLOCATE, 0, 600, 0, 1);
		add(0, 2, EventKind.ALLOCATE, 600, 300, 0, 1);
		add(0, 501, EventKind.FREE, 900, 100, 0, 1);
		add(0, 503, EventKind.FREE, 900, 100, 0, 1);
		var replay = new Replay(List.of(HOST, DEVICE), new ReplayPlan(Policy.TLSF, Map.of(0, 700L * KIBIBYTE), 500, true));
		events.subList(0, 4).forEach(replay::apply);
		assertFalse(replay.hasTimedOut(0));
		replay.apply(events.get(4));
		assertTrue(replay.hasTimedOut(0));
		assertFalse(replay.hasTimedOut(1));
		assertThrows(IllegalArgumentException.class, () -> replay.hasTimedOut(2));
	}

	private void fullHeapAndOneThatWaits() {
		add(0, 0, EventKind.ALLOCATE, 0, 1024, 0, 1);
		add(0, 10, EventKind.WAIT_BEGIN, 0, 512, 500, 2);
		add(0, 20, EventKind.FREE, 0, 1024, 0, 1);
		add(0, 20, EventKind.WAIT_END, 0, 512, 10 * MILLISECOND, 2);
		add(0, 20, EventKind.ALLOCATE, 0, 512, 0, 2);
		add(0, 30, EventKind.FREE, 0, 512, 0, 2);
	}

	private void add(int heap, long millis, EventKind kind, long offset, int size, long argument, int stack) {
		events.add(new HeapEvent(++sequences[heap], millis * MILLISECOND, kind, heap, offset * KIBIBYTE, size * KIBIBYTE, size * KIBIBYTE,
				argument, 4, 0, MisuseReason.NONE, 1, stack, 0));
	}

	private ReplayResult replay(Map<Integer, Long> capacities) {
		return replay(List.of(HOST), new ReplayPlan(Policy.TLSF, capacities, 500, false)).get(0);
	}

	private List<ReplayResult> replay(List<HeapInfo> heaps, ReplayPlan plan) {
		var replay = new Replay(heaps, plan);
		events.forEach(replay::apply);
		return replay.finish();
	}
}
