// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.heaplens.model.Block;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Threads and engines do at random what a program may do, and what it may not; between rounds all that is known about the heaps has to
 * agree: the allocator's own lists, what the callers hold, what was recorded, and how often they were told that they erred.
 *
 * <p>
 * {@code -Dheaplens.test.rounds=100000} runs as long as one likes, {@code -Dheaplens.test.seed=...} repeats the choices of a run (not the
 * order in which threads come to run).
 */
@Timeout(value = 24, unit = TimeUnit.HOURS)
class RandomRunTest {
	private static final int THREADS = 4;
	private static final int STEPS = 250;
	private static final long HANG_SECONDS = 60;

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	@Test
	void everythingThatIsKnownOfTheHeapsAgrees() throws Exception {
		long seed = Long.getLong("heaplens.test.seed", System.nanoTime());
		int rounds = Integer.getInteger("heaplens.test.rounds", 20);
		System.out.println("RandomRunTest seed " + seed);
		// Small heaps: room has to run out now and then, for there to be waits and time-outs.
		var settings = Map.of("host.capacity", "1M", "device.capacity", "1M");
		FreshSimulator simulator = FreshSimulator.make(settings, folder);
		try (var files = Files.list(folder); TraceReader trace = TraceReader.open(files.findFirst().orElseThrow())) {
			var program = new RandomProgram(simulator.driver(), seed);
			var state = new HeapState();
			trace.heaps().forEach(state::add);
			var kinds = new EnumMap<EventKind, Long>(EventKind.class);
			var reader = new Random(seed);
			for (int round = 0; round < rounds; round++) {
				run(program, seed + round);
				String where = "seed " + seed + ", round " + round;
				while (trace.poll(event -> keep(program, state, kinds, event), 1 + reader.nextInt(1 << 16)) > 0) {
					// In pieces of any size: the result has to be the same.
				}
				check(program, simulator, state, where);
			}
			program.end();
			assertEquals(Set.of(), missing(kinds), "the program is too tame, seed " + seed);
			simulator.end();
			assertEquals(0, trace.dropped());
		}
	}

	private static void keep(RandomProgram program, HeapState state, Map<EventKind, Long> kinds, HeapEvent event) {
		state.apply(event);
		kinds.merge(event.kind(), 1L, Long::sum);
		if (event.kind() == EventKind.MISUSE) {
			program.misuses().recorded(event.reason());
		}
	}

	/** What has to have happened for all this to mean anything. */
	private static Set<EventKind> missing(Map<EventKind, Long> kinds) {
		var wanted = EnumSet.range(EventKind.ALLOCATE, EventKind.MISUSE);
		wanted.removeAll(kinds.keySet());
		return wanted;
	}

	private static void run(RandomProgram program, long seed) throws InterruptedException, ExecutionException, TimeoutException {
		List<CompletableFuture<Void>> threads = new ArrayList<>();
		for (int number = 0; number < THREADS; number++) {
			var random = new Random(seed * 31 + number);
			threads.add(CompletableFuture.runAsync(() -> program.work(random, STEPS), task -> new Thread(task).start()));
		}
		for (CompletableFuture<Void> thread : threads) {
			thread.get(HANG_SECONDS, TimeUnit.SECONDS);
		}
		program.awaitEngines(HANG_SECONDS);
	}

	private static void check(RandomProgram program, FreshSimulator simulator, HeapState state, String where) throws IOException {
		assertEquals(List.of(), program.failures(), where);
		for (HeapSnapshot recorded : state.snapshots()) {
			Side side = recorded.heap().side();
			String heap = where + ", " + recorded.heap().name();
			List<SimulatedBuffer> held = program.held(side).stream().sorted(Comparator.comparingLong(SimulatedBuffer::offset)).toList();
			long bytes = held.stream().mapToLong(SimulatedBuffer::extentSize).sum();
			assertEquals(bytes, simulator.checkedUse(recorded.heap()), heap);
			assertEquals(0, simulator.waiting(recorded.heap()), heap);
			assertEquals(held.stream().map(block -> block.offset() + "+" + block.extentSize() + " " + block.flag()).toList(),
					recorded.blocks().stream().map(RandomRunTest::text).toList(), heap);
			assertEquals(bytes, recorded.liveBytes(), heap);
			assertEquals(0, recorded.totals().missed(), heap);
		}
		assertEquals(program.misuses().made(), program.misuses().recorded(), where);
	}

	private static String text(Block block) {
		return block.extent().offset() + "+" + block.extent().size() + " " + block.flag();
	}
}
