// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.heaplens.model.trace.TraceLayout.RECORDS_IN_CHUNK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

import org.heaplens.model.Block;
import org.heaplens.model.BlockState;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Held to a list of all events, replayed from the first. */
class TraceHistoryTest {
	static final HeapInfo HOST = new HeapInfo(3, Side.HOST, 0, EventMix.CAPACITY, 0);
	static final HeapInfo DEVICE = new HeapInfo(5, Side.DEVICE, 1, EventMix.CAPACITY, 0);

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	private final long seed = new Random().nextLong();
	private final Random random = new Random(seed);
	private final List<Lane> lanes = new ArrayList<>();
	private final List<EventMix> mixes = new ArrayList<>();

	@Test
	void agreesWithAReplayOfAnEndedTrace() throws IOException {
		System.out.println("TraceHistoryTest seed " + seed);
		Path file;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			write(writer, 60 * RECORDS_IN_CHUNK + random.nextInt(RECORDS_IN_CHUNK));
		}
		List<HeapEvent> events = events(file);
		try (var history = TraceHistory.open(file)) {
			assertTrue(history.ended());
			assertEquals(events.size(), history.events());
			requireMoments(history, events, 60);
			requireTimes(history, events, 30);
			assertTrue(history.at(3, Long.MAX_VALUE).totals().ended());
			assertEquals(BlockState.LEAKED, history.at(3, Long.MAX_VALUE).block(0).state());
			assertEquals(0, history.at(3, 0).blockCount());
		}
	}

	@Test
	void agreesWithAReplayWhileTheProgramRuns() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			write(writer, 30 * RECORDS_IN_CHUNK + 17);
			try (var history = TraceHistory.open(writer.file())) {
				List<HeapEvent> events = events(writer.file());
				assertEquals(events.size(), history.events());
				assertFalse(history.ended());
				requireMoments(history, events, 30);
				write(writer, 9 * RECORDS_IN_CHUNK);
				requireMoments(history, events, 5);
				history.refresh();
				requireMoments(history, events(writer.file()), 30);
			}
		}
	}

	@Test
	void eventsAreThoseThatAFilterWantsInTheOrderOfTime() throws IOException {
		Path file;
		int stack;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			stack = writer.stack(List.of(new StackFrame("demo.Pump", "fill", "Pump.java", 12)));
			writer.thread("feeder");
			write(writer, 20 * RECORDS_IN_CHUNK);
		}
		List<HeapEvent> events = new ArrayList<>(events(file));
		events.sort(Comparator.comparingLong(HeapEvent::timeNanos).thenComparingInt(HeapEvent::heap)
				.thenComparingLong(HeapEvent::sequence));
		HeapEvent one = events.get(events.size() / 3);
		HeapEvent other = events.get(events.size() / 2);
		try (var history = TraceHistory.open(file)) {
			requireEvents(history, events, EventFilter.ALL, event -> true);
			requireEvents(history, events, EventFilter.ALL.ofHeaps(Set.of(5)), event -> event.heap() == 5);
			requireEvents(history, events, EventFilter.ALL.ofKinds(EnumSet.of(EventKind.MISUSE, EventKind.TIMEOUT)),
					event -> event.kind() == EventKind.MISUSE || event.kind() == EventKind.TIMEOUT);
			requireEvents(history, events, EventFilter.ALL.between(one.timeNanos(), other.timeNanos()),
					event -> event.timeNanos() >= one.timeNanos() && event.timeNanos() <= other.timeNanos());
			requireEvents(history, events, EventFilter.ALL.inSequence(5000, 5010),
					event -> event.sequence() >= 5000 && event.sequence() <= 5010);
			requireEvents(history, events, EventFilter.ALL.ofThread(1), event -> event.thread() == 1);
			requireEvents(history, events, EventFilter.ALL.ofSizes(1, 1000), event -> event.size() >= 1 && event.size() <= 1000);
			requireEvents(history, events, EventFilter.ALL.ofText("Pump.java:12"), event -> event.stack() == stack);
			requireEvents(history, events, EventFilter.ALL.ofText("feeder"), event -> event.thread() == 1);
			requireEvents(history, events, EventFilter.ALL.ofText("nowhere"), event -> false);
			int[] taken = {0};
			assertFalse(history.events(EventFilter.ALL, event -> ++taken[0] < 7));
			assertEquals(7, taken[0]);
		}
	}

	@Test
	void timelinesAgreeWithTheEventsShortAndLong() throws IOException {
		Path file;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			writeOne(writer, 300 * RECORDS_IN_CHUNK);
		}
		List<HeapEvent> events = events(file);
		try (var history = TraceHistory.open(file)) {
			TraceHistory.Range range = history.range(3);
			HeapSnapshot end = history.at(3, range.lastSequence());
			List<TraceHistory.Bucket> whole = history.summary(3, range.firstNanos(), range.lastNanos(), 100);
			assertEquals(end.allocations(), whole.stream().mapToLong(TraceHistory.Bucket::allocations).sum());
			assertEquals(end.frees(), whole.stream().mapToLong(TraceHistory.Bucket::frees).sum());
			assertEquals(end.misuses(), whole.stream().mapToLong(TraceHistory.Bucket::misuses).sum());
			assertEquals(end.peakBytes(), whole.stream().mapToLong(TraceHistory.Bucket::mostLive).max().orElse(0));
			for (int round = 0; round < 5; round++) {
				int first = random.nextInt(events.size() - 30_000);
				long from = events.get(first).timeNanos();
				long to = events.get(first + 1 + random.nextInt(29_999)).timeNanos();
				requireBuckets(history.summary(3, from, to, 50), events, from, to);
			}
		}
	}

	@Test
	void aFlightRecordingIsExactFromItsFirstEventOn() throws IOException {
		System.out.println("TraceHistoryTest flight seed " + seed);
		List<HeapEvent> written = new ArrayList<>();
		try (var writer = TraceWriter.createFlight(folder, "", 1 << 20)) {
			Lane lane = writer.lane(HOST);
			new EventMix(seed, 50, 4, 2000, 1000).run(20L * RECORDS_IN_CHUNK, (nanos, kind, offset, size, requested, argument, flag, reason,
					thread, stack, engine) -> {
				lane.append(kind, offset, size, requested, argument, flag, 0, reason, thread, stack, engine);
				written.add(new HeapEvent(written.size() + 1, 0, kind, 3, offset, size, requested, argument, flag, 0, reason, thread,
						stack, engine));
			});
			try (var history = TraceHistory.open(writer.file())) {
				requireFlight(history, written);
			}
			lane.end();
			writer.close();
			written.add(new HeapEvent(written.size() + 1, 0, EventKind.PROCESS_ENDED, 3, 0, 0, 0, 0, 0, 0, MisuseReason.NONE, 0, 0, 0));
			try (var history = TraceHistory.open(writer.file())) {
				assertTrue(history.overwritten() > 0);
				assertEquals(0, history.dropped());
				assertTrue(history.ended());
				requireFlight(history, written);
			}
		}
	}

	@Test
	void aFollowerThatComesLateFindsTheBlocksOfAFlightRecorder() throws IOException {
		try (var writer = TraceWriter.createFlight(folder, "", 1 << 20)) {
			Lane lane = writer.lane(HOST);
			run(new EventMix(seed, 50, 4, 2000, 1000), lane, 20L * RECORDS_IN_CHUNK);
			try (var reader = TraceReader.open(writer.file()); var history = TraceHistory.open(writer.file())) {
				var state = new HeapState();
				while (reader.poll(state, 1000) > 0) {
					continue;
				}
				HeapSnapshot expected = history.at(3, Long.MAX_VALUE);
				requireSame(expected, state.snapshot(3).orElseThrow(), "seed " + seed);
				assertTrue(expected.totals().missed() > 0);
				assertEquals(expected.totals().missed(), reader.overwritten());
				TraceReport report = TraceReport.of(history);
				assertEquals(List.of(expected.totals()), report.heaps().stream().map(HeapSnapshot::totals).toList());
				assertEquals(TraceReport.State.RUNNING, report.state());
				assertTrue(report.toText().contains("events overwritten by newer ones"), report::toText);
			}
		}
	}

	private void requireFlight(TraceHistory history, List<HeapEvent> written) throws IOException {
		TraceHistory.Range range = history.range(3);
		assertTrue(range.firstSequence() > 1);
		assertEquals(written.size(), range.lastSequence());
		for (int round = 0; round < 20; round++) {
			long sequence = round == 0
					? range.firstSequence() - 1
					: range.firstSequence() + random.nextInt((int) (range.lastSequence() - range.firstSequence() + 1));
			HeapSnapshot expected = replay(HOST, written, sequence);
			HeapSnapshot found = history.at(3, sequence);
			String where = "seed " + seed + ", event " + sequence;
			assertEquals(expected.digest(), found.digest(), where);
			assertEquals(expected.totals().liveBytes(), found.totals().liveBytes(), where);
			assertEquals(expected.totals().peakBytes(), found.totals().peakBytes(), where);
			assertEquals(expected.allocations(), found.allocations(), where);
			assertEquals(expected.frees(), found.frees(), where);
			assertEquals(expected.misuses(), found.misuses(), where);
			assertEquals(range.firstSequence() - 1, found.totals().missed(), where);
		}
		HeapSnapshot end = history.at(3, range.lastSequence());
		HeapSnapshot expected = replay(HOST, written, range.lastSequence());
		// What is there at the end is known with all its origin, however old it is.
		assertEquals(expected.blocks().stream().map(TraceHistoryTest::timeless).toList(),
				end.blocks().stream().map(TraceHistoryTest::timeless).toList());
	}

	private static Block timeless(Block block) {
		return new Block(block.heap(), block.extent(), block.requested(), block.flag(), block.state(), block.sequence(), 0, block.thread(),
				block.stack(), block.engine());
	}

	@Test
	void aHeapThatThereIsNotIsRefused() throws IOException {
		try (var writer = TraceWriter.create(folder, ""); var history = TraceHistory.open(writer.file())) {
			assertThrows(IllegalArgumentException.class, () -> history.at(0, 1));
			writer.lane(HOST);
			history.refresh();
			assertTrue(history.range(3).isEmpty());
			assertEquals(HeapSnapshot.empty(HOST).totals(), history.at(3, 1).totals());
		}
	}

	private void requireMoments(TraceHistory history, List<HeapEvent> events, int samples) throws IOException {
		for (int sample = 0; sample < samples; sample++) {
			HeapInfo heap = random.nextBoolean() ? HOST : DEVICE;
			List<HeapEvent> own = events.stream().filter(event -> event.heap() == heap.id()).toList();
			long sequence = sample < 3 ? own.size() - sample : random.nextInt(own.size() + 1);
			requireSame(replay(heap, own, sequence), history.at(heap.id(), sequence), "seed " + seed + ", event " + sequence);
		}
	}

	private void requireTimes(TraceHistory history, List<HeapEvent> events, int samples) throws IOException {
		for (int sample = 0; sample < samples; sample++) {
			long nanos = events.get(random.nextInt(events.size())).timeNanos() - random.nextInt(2);
			List<HeapSnapshot> found = history.atTime(nanos);
			assertEquals(List.of(3, 5), found.stream().map(snapshot -> snapshot.heap().id()).toList());
			for (HeapSnapshot snapshot : found) {
				List<HeapEvent> own = events.stream().filter(event -> event.heap() == snapshot.heap().id()).toList();
				long last = own.stream().filter(event -> event.timeNanos() <= nanos).count();
				requireSame(replay(snapshot.heap(), own, last), snapshot, "seed " + seed + ", time " + nanos);
			}
		}
	}

	private static void requireSame(HeapSnapshot expected, HeapSnapshot found, String where) {
		assertEquals(expected.totals(), found.totals(), where);
		assertEquals(expected.blocks(), found.blocks(), where);
		assertEquals(expected.digest(), found.digest(), where);
	}

	private void requireEvents(TraceHistory history, List<HeapEvent> events, EventFilter filter, Predicate<HeapEvent> wanted)
			throws IOException {
		var found = new ArrayList<HeapEvent>();
		assertTrue(history.events(filter, found::add));
		assertEquals(events.stream().filter(wanted).toList(), found, "seed " + seed + ", " + filter);
	}

	private void requireBuckets(List<TraceHistory.Bucket> buckets, List<HeapEvent> events, long from, long to) {
		var state = new HeapState();
		state.add(HOST);
		events.stream().filter(event -> event.timeNanos() < from).forEach(state::apply);
		long[] live = {state.snapshot(3).orElseThrow().liveBytes()};
		long allocations = 0;
		for (TraceHistory.Bucket bucket : buckets) {
			allocations += bucket.allocations();
			assertTrue(bucket.leastLive() <= bucket.mostLive(), "seed " + seed);
		}
		List<HeapEvent> inside = events.stream().filter(event -> event.timeNanos() >= from && event.timeNanos() <= to).toList();
		assertEquals(inside.stream().filter(event -> event.kind() == EventKind.ALLOCATE || event.kind() == EventKind.RECEIVE).count(),
				allocations, "seed " + seed);
		long least = live[0];
		long most = live[0];
		for (HeapEvent event : inside) {
			state.apply(event);
			if (event.kind() == EventKind.ALLOCATE || event.kind() == EventKind.RECEIVE) {
				live[0] += event.size();
			} else if (event.kind() == EventKind.FREE || event.kind() == EventKind.AUTO_FREE) {
				live[0] -= event.size();
			}
			least = Math.min(least, live[0]);
			most = Math.max(most, live[0]);
		}
		assertEquals(state.snapshot(3).orElseThrow().liveBytes(), live[0], "the mix frees what it made");
		assertEquals(least, buckets.stream().mapToLong(TraceHistory.Bucket::leastLive).min().orElse(-1), "seed " + seed);
		assertEquals(most, buckets.stream().mapToLong(TraceHistory.Bucket::mostLive).max().orElse(-1), "seed " + seed);
	}

	private static HeapSnapshot replay(HeapInfo heap, List<HeapEvent> events, long sequence) {
		var state = new HeapState();
		state.add(heap);
		events.stream().limit(sequence).forEach(state::apply);
		return state.snapshot(heap.id()).orElseThrow();
	}

	static List<HeapEvent> events(Path file) throws IOException {
		var result = new ArrayList<HeapEvent>();
		try (var reader = TraceReader.open(file)) {
			while (reader.poll(result::add, 1 << 16) > 0) {
				continue;
			}
		}
		return result;
	}

	/** Goes on with both heaps. */
	private void write(TraceWriter writer, int count) {
		if (mixes.isEmpty()) {
			lanes.addAll(List.of(writer.lane(HOST), writer.lane(DEVICE)));
			mixes.addAll(List.of(mix(), mix()));
		}
		for (int done = 0; done < count; done += 100) {
			run(mixes.get(0), lanes.get(0), 60);
			run(mixes.get(1), lanes.get(1), 40);
		}
	}

	private void writeOne(TraceWriter writer, int count) {
		run(mix(), writer.lane(HOST), count);
	}

	private EventMix mix() {
		return new EventMix(random.nextLong(), 50, 4, 1000, 1000);
	}

	private static void run(EventMix mix, Lane lane, long count) {
		mix.run(count, (nanos, kind, offset, size, requested, argument, flag, reason, thread, stack, engine) -> lane.append(kind, offset,
				size, requested, argument, flag, 0, reason, thread, stack, engine));
	}
}
