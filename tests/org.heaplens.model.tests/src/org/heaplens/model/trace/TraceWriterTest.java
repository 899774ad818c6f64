// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.heaplens.model.trace.TraceLayout.RECORDS_IN_CHUNK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer leaves behind: judged by a reader of the tests' own, see {@link PlainTrace}. */
class TraceWriterTest {
	private static final HeapInfo HEAP = new HeapInfo(0, Side.HOST, 0, EventMix.CAPACITY, 0);

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	/** Writes into a lane, and remembers what; times are the lane's own. */
	private record Recorded(Lane lane, List<HeapEvent> events) implements EventMix.Sink {
		@Override
		public void accept(long nanos, EventKind kind, long offset, int size, int requested, long argument, int flag, MisuseReason reason,
				int thread, int stack, int engine) {
			lane.append(kind, offset, size, requested, argument, flag, 0, reason, thread, stack, engine);
			events.add(new HeapEvent(events.size() + 1, 0, kind, 0, offset, size, requested, argument, flag, 0, reason, thread, stack,
					engine));
		}
	}

	@Test
	void aLongTraceIsSegmentsCheckpointsAndIndexes() throws IOException {
		Path file;
		List<HeapEvent> written;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			written = record(writer, 70 * RECORDS_IN_CHUNK);
		}
		var trace = new PlainTrace(file);
		requireSame(written, trace.events(0));
		assertTrue(trace.closed());
		assertTrue(trace.count(TraceLayout.KIND_CHECKPOINT, TraceLayout.CODEC_COLUMNS) >= 3);
		assertEquals(2, trace.count(TraceLayout.KIND_INDEX, TraceLayout.CODEC_RAW));
		assertEquals(0, trace.count(TraceLayout.KIND_EVENTS, TraceLayout.CODEC_RAW), "slots are left out in the end");
		assertEquals(0, trace.count(TraceLayout.KIND_UNUSED, TraceLayout.CODEC_RAW));
		assertTrue(Files.size(file) < 8 * written.size(), "bytes: " + Files.size(file));
	}

	@Test
	void aRunningTraceHasItsBlocksInTheTable() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			List<HeapEvent> written = record(writer, 3 * RECORDS_IN_CHUNK + 100);
			var trace = new PlainTrace(writer.file());
			requireTable(written, trace);
			assertFalse(trace.closed());
		}
	}

	@Test
	void theFlightRecorderKeepsTheNewestEventsAndAllBlocks() throws IOException {
		Path file;
		List<HeapEvent> written;
		long size;
		try (var writer = TraceWriter.createFlight(folder, "", 1 << 20)) {
			file = writer.file();
			written = record(writer, 20 * RECORDS_IN_CHUNK);
			size = Files.size(file);
			requireTable(written, new PlainTrace(file));
			assertTrue(writer.overwritten() >= 15L * RECORDS_IN_CHUNK);
		}
		assertEquals(size, Files.size(file));
		assertTrue(size < 3 << 20, "bytes: " + size);
		var trace = new PlainTrace(file);
		List<HeapEvent> kept = trace.events(0);
		assertTrue(kept.size() > 3 * RECORDS_IN_CHUNK, "events: " + kept.size());
		assertEquals(written.size() + 1, kept.size() + trace.overwritten());
		requireEqual(written.subList(written.size() + 1 - kept.size(), written.size()), kept);
	}

	@Test
	void theFlightRecorderLeavesEachOfManyHeapsAPast() throws IOException {
		int heaps = 64;
		Path file;
		try (var writer = TraceWriter.createFlight(folder, "", 1)) {
			file = writer.file();
			var lanes = new ArrayList<Lane>();
			for (int id = 0; id < heaps; id++) {
				lanes.add(writer.lane(new HeapInfo(id, Side.DEVICE, id, 1 << 20, 0)));
			}
			lanes.get(7).append(EventKind.ALLOCATE, 64, 64, 1, 0, 4, 0, MisuseReason.NONE, 1, 1, 0);
			for (int number = 1; number <= 3 * RECORDS_IN_CHUNK; number++) {
				for (int id = 8; id < heaps; id += 11) {
					TraceTest.append(lanes.get(id), number);
				}
			}
		}
		var trace = new PlainTrace(file);
		assertEquals(2, trace.events(7).size());
		for (int id = 8; id < heaps; id += 11) {
			List<HeapEvent> events = trace.events(id);
			assertEquals(3 * RECORDS_IN_CHUNK + 1, events.get(events.size() - 1).sequence());
		}
	}

	@Test
	void sixtyFourHeapsAreToldApart() throws IOException {
		Path file;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			for (int id = 0; id < 64; id++) {
				Lane lane = writer.lane(new HeapInfo(id, Side.DEVICE, id, 1L << 32, 0));
				for (int number = 1; number <= 100 + id; number++) {
					TraceTest.append(lane, number);
				}
			}
		}
		var trace = new PlainTrace(file);
		for (int id = 0; id < 64; id++) {
			assertEquals(101 + id, trace.events(id).size());
			assertEquals(id, trace.events(id).get(5).heap());
		}
	}

	@Test
	void twoHeapsOfOneNumberAreRefused() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			writer.lane(HEAP);
			assertThrows(IllegalArgumentException.class, () -> writer.lane(HEAP));
		}
	}

	@Test
	void aMillionLiveBlocksAreInTheTableAndInACheckpoint() throws IOException {
		int blocks = 1_000_000;
		Path file;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			Lane lane = writer.lane(HEAP);
			for (int block = 0; block < blocks; block++) {
				lane.append(EventKind.ALLOCATE, block * 4096L, 4096, 4000 + block % 90, 0, 4, 0, MisuseReason.NONE, 1, 1 + block % 7, 0);
			}
			var running = new PlainTrace(file);
			assertEquals(blocks, running.table(0).size());
		}
		var trace = new PlainTrace(file);
		assertEquals(blocks + 1, trace.events(0).size());
	}

	@Test
	void aDeletedFolderDoesNotDisturbTheProgram() throws IOException {
		Path gone = folder.resolve("gone");
		try (var writer = TraceWriter.create(gone, "")) {
			record(writer, 100);
			Files.delete(writer.file());
			Files.delete(gone);
			Lane other = writer.lane(new HeapInfo(1, Side.DEVICE, 0, EventMix.CAPACITY, 0));
			new EventMix(1, 50, 4, 500, 0).run(5 * RECORDS_IN_CHUNK, new Recorded(other, new ArrayList<>()));
			assertEquals(0, writer.dropped());
		}
		assertFalse(Files.exists(gone));
	}

	@Test
	void aTraceIsClosedByAThreadThatIsInterrupted() throws IOException {
		var writer = TraceWriter.create(folder, "");
		List<HeapEvent> written = record(writer, 3 * RECORDS_IN_CHUNK);
		Thread.currentThread().interrupt();
		writer.close();
		assertTrue(Thread.interrupted());
		var trace = new PlainTrace(writer.file());
		requireSame(written, trace.events(0));
		assertTrue(trace.closed());
	}

	@Test
	void interruptsOfTheBackgroundThreadDoNotEndIt() throws IOException {
		Path file;
		List<HeapEvent> written;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			var recorded = new Recorded(writer.lane(HEAP), new ArrayList<>());
			new EventMix(12, 50, 4, 500, 0).run(30L * RECORDS_IN_CHUNK,
					(nanos, kind, offset, size, requested, argument, flag, reason, thread,
							stack, engine) -> {
						recorded.accept(nanos, kind, offset, size, requested, argument, flag, reason, thread, stack, engine);
						if (recorded.events.size() % 500 == 0) {
							archivers().forEach(Thread::interrupt);
						}
					});
			written = recorded.events;
			assertEquals(Optional.empty(), writer.compressionFailure());
			assertEquals(0, writer.dropped());
		}
		var trace = new PlainTrace(file);
		requireSame(written, trace.events(0));
		assertEquals(0, trace.count(TraceLayout.KIND_EVENTS, TraceLayout.CODEC_RAW));
	}

	@Test
	void theBackgroundThreadKeepsNoProcessAlive() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			Lane lane = writer.lane(HEAP);
			for (int number = 1; number <= RECORDS_IN_CHUNK + 1; number++) {
				TraceTest.append(lane, number);
			}
			assertTrue(archivers().findAny().isPresent(), "begun by the first full slot");
			assertTrue(archivers().allMatch(thread -> thread.isDaemon() && thread.getPriority() == Thread.MIN_PRIORITY));
		}
	}

	private static Stream<Thread> archivers() {
		return Thread.getAllStackTraces().keySet().stream().filter(one -> one.getName().equals("heaplens-trace"));
	}

	@Test
	void twoTracesOfOneFolderDoNotMeet() throws IOException {
		try (var one = TraceWriter.create(folder, "one"); var other = TraceWriter.createFlight(folder, "other", 1 << 20)) {
			List<HeapEvent> events = record(one, 1000);
			requireTable(record(other, 2000), new PlainTrace(other.file()));
			requireTable(events, new PlainTrace(one.file()));
		}
		try (var files = Files.list(folder)) {
			assertEquals(2, files.count(), "nothing but the two is left");
		}
	}

	private static List<HeapEvent> record(TraceWriter writer, int count) {
		var recorded = new Recorded(writer.lane(HEAP), new ArrayList<>());
		new EventMix(11, 50, 4, 500, 0).run(count, recorded);
		return recorded.events;
	}

	/** All that was written and the end. */
	private static void requireSame(List<HeapEvent> written, List<HeapEvent> read) {
		assertEquals(written.size() + 1, read.size());
		assertEquals(EventKind.PROCESS_ENDED, read.get(written.size()).kind());
		requireEqual(written, read);
	}

	/** The first events of {@code read} are those of {@code written}; times aside, which grow. */
	private static void requireEqual(List<HeapEvent> written, List<HeapEvent> read) {
		long time = 0;
		for (int number = 0; number < written.size(); number++) {
			HeapEvent is = read.get(number);
			HeapEvent should = written.get(number);
			assertEquals(new HeapEvent(should.sequence(), is.timeNanos(), should.kind(), 0, should.offset(), should.size(),
					should.requested(), should.argument(), should.flag(), 0, should.reason(), should.thread(), should.stack(),
					should.engine()), is);
			assertTrue(is.timeNanos() >= time);
			time = is.timeNanos();
		}
	}

	private static void requireTable(List<HeapEvent> written, PlainTrace trace) {
		var expected = new TreeMap<Long, PlainTrace.TableBlock>();
		for (HeapEvent event : written) {
			switch (event.kind()) {
				case ALLOCATE -> expected.put(event.offset(), new PlainTrace.TableBlock(event.sequence(), event.offset(), event.size(), 1));
				case FREE, AUTO_FREE -> expected.remove(event.offset());
				case SEND_BEGIN, SEND_END -> expected.computeIfPresent(event.offset(),
						(offset, block) -> new PlainTrace.TableBlock(block.sequence(), offset, block.size(),
								event.kind() == EventKind.SEND_BEGIN ? 2 : 3));
				default -> {
					// Changes no block.
				}
			}
		}
		assertEquals(expected, trace.table(0));
	}
}
