// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.heaplens.model.EngineInfo;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapState;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
	static final HeapInfo HOST = new HeapInfo(0, Side.HOST, 0, 1L << 32, 0x7000_0000L);
	static final HeapInfo DEVICE = new HeapInfo(1, Side.DEVICE, 0, 1L << 33, 0x10_0000_0000L);
	static final int RECORDS_IN_CHUNK = TraceLayout.RECORDS_IN_CHUNK;

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	@Test
	void bytesStandWhereTheLayoutSays() throws IOException {
		ByteBuffer bytes;
		try (var writer = TraceWriter.create(folder, "run me")) {
			Lane lane = writer.lane(HOST);
			lane.append(EventKind.MISUSE, 0x1122334455667788L, 0x0a0b0c0d, 0x01020304, 0x99L, 0x102, 7, MisuseReason.DOUBLE_FREE, 0x21,
					0x22, 0x23);
			lane.end();
			bytes = ByteBuffer.wrap(Files.readAllBytes(writer.file())).order(ByteOrder.LITTLE_ENDIAN);
		}
		byte[] magic = new byte[8];
		bytes.get(0, magic);
		assertArrayEquals("HEAPTRC\u001a".getBytes(StandardCharsets.US_ASCII), magic);
		assertEquals(2, bytes.getInt(8));
		assertArrayEquals(new byte[]{4, 3, 2, 1}, new byte[]{bytes.get(12), bytes.get(13), bytes.get(14), bytes.get(15)});
		assertEquals(ProcessHandle.current().pid(), bytes.getLong(24));
		assertEquals(1, bytes.getInt(48));
		assertEquals(6, bytes.getInt(52));
		assertEquals('r', bytes.get(128));
		assertEquals(HOST.capacity(), bytes.getLong(4096 + 16));
		assertEquals(HOST.baseAddress(), bytes.getLong(4096 + 24));
		int chunk = 16 * 1024;
		assertEquals(1, bytes.getInt(chunk));
		assertEquals(1, bytes.getLong(chunk + 16));
		assertEquals(1, bytes.getLong(chunk + 56));
		int event = chunk + 192;
		assertEquals(0x1122334455667788L, bytes.getLong(event + 8));
		assertEquals(0x99L, bytes.getLong(event + 16));
		assertEquals(0x0a0b0c0d, bytes.getInt(event + 24));
		assertEquals(0x01020304, bytes.getInt(event + 28));
		assertEquals(0x21, bytes.getInt(event + 32));
		assertEquals(0x22, bytes.getInt(event + 36));
		assertEquals(0x23, bytes.getInt(event + 40));
		assertEquals(7, bytes.getInt(event + 44));
		assertEquals(10, bytes.getShort(event + 48));
		assertEquals(0, bytes.getShort(event + 50));
		assertEquals(0x102, bytes.getShort(event + 52));
		assertEquals(MisuseReason.DOUBLE_FREE.code(), bytes.getShort(event + 54));
		assertEquals(1, bytes.getLong(event + 56));
		assertEquals(2, bytes.getLong(event + 64 + 56));
		assertEquals(15, bytes.getShort(event + 64 + 48));
	}

	@Test
	void whatWasWrittenIsRead() throws IOException {
		Path file;
		try (var writer = TraceWriter.create(folder.resolve("made/on/the/way"), "java Demo")) {
			file = writer.file();
			Lane lane = writer.lane(HOST);
			for (int i = 1; i <= 2 * RECORDS_IN_CHUNK + 3; i++) {
				append(lane, i);
			}
		}
		try (var reader = TraceReader.open(file)) {
			assertEquals(List.of(HOST), reader.heaps());
			assertEquals("java Demo", reader.info().command());
			assertTrue(reader.info().writerAlive());
			var events = new ArrayList<HeapEvent>();
			assertEquals(5, reader.poll(events::add, 5));
			assertFalse(reader.ended());
			while (reader.poll(events::add, 1000) > 0) {
				continue;
			}
			assertTrue(reader.ended());
			assertEquals(2 * RECORDS_IN_CHUNK + 4, events.size());
			for (int i = 0; i < events.size() - 1; i++) {
				requireUntorn(events.get(i), i + 1);
			}
			assertEquals(EventKind.PROCESS_ENDED, events.get(events.size() - 1).kind());
			assertEquals(0, reader.dropped());
		}
	}

	@Test
	void equalThingsHaveEqualNumbersAndComeBackEqual() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			var stack = List.of(new StackFrame("a.B", "run", "B.java", 7), new StackFrame("a.\u00dc\ud83d\ude00", "main", "", -1));
			int number = writer.stack(stack);
			assertTrue(number > 0);
			assertEquals(number, writer.stack(new ArrayList<>(stack)));
			assertNotEquals(number, writer.stack(stack.subList(0, 1)));
			assertEquals(0, writer.stack(List.of()));
			int thread = writer.thread("worker");
			assertEquals(thread, writer.thread("worker"));
			int engine = writer.engine(3, 4, "resize", Side.DEVICE);
			try (var reader = TraceReader.open(writer.file())) {
				assertEquals(stack, reader.stack(number));
				assertEquals("worker", reader.thread(thread));
				assertEquals(new EngineInfo(3, 4, "resize", Side.DEVICE), reader.engine(engine).orElseThrow());
				int later = writer.thread("added while it was read");
				assertEquals("added while it was read", reader.thread(later));
				assertEquals(List.of(), reader.stack(4711));
				assertEquals("", reader.thread(4711));
				assertTrue(reader.engine(4711).isEmpty());
			}
		}
	}

	@Test
	void dictionaryGoesOnInFurtherChunks() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			var numbers = new HashMap<Integer, String>();
			for (int i = 0; i < 40; i++) {
				String name = i + "x".repeat(60_000);
				numbers.put(writer.thread(name), name);
			}
			assertEquals(40, numbers.size());
			try (var reader = TraceReader.open(writer.file())) {
				for (Map.Entry<Integer, String> entry : numbers.entrySet()) {
					assertEquals(entry.getValue(), reader.thread(entry.getKey()));
				}
			}
		}
	}

	@Test
	void aLiveReaderSeesTwoLanesInOrder() throws Exception {
		int count = 3 * RECORDS_IN_CHUNK;
		try (var writer = TraceWriter.create(folder, ""); var reader = TraceReader.open(writer.file())) {
			Thread[] threads = {writing(writer.lane(HOST), count), writing(writer.lane(DEVICE), count)};
			long[] next = {1, 1};
			while (next[0] + next[1] < 2 * count + 2) {
				reader.poll(event -> requireUntorn(event, next[event.heap()]++), 777);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertFalse(reader.ended());
		}
	}

	@Test
	void heapsThatAppearWhileItIsReadLoseNoEvent() throws Exception {
		int count = 40;
		try (var writer = TraceWriter.create(folder, ""); var reader = TraceReader.open(writer.file())) {
			var thread = new Thread(() -> {
				for (int id = 0; id < count; id++) {
					append(writer.lane(new HeapInfo(id, Side.DEVICE, id, 1 << 20, 0)), 1);
				}
			});
			thread.start();
			var state = new HeapState();
			int seen = 0;
			while (seen < count) {
				seen += reader.poll(state, 1000);
			}
			thread.join();
			assertTrue(state.snapshots().stream().allMatch(heap -> heap.blockCount() == 1));
			assertEquals(count, state.snapshots().size());
		}
	}

	@Test
	void anInterruptedThreadGoesOnRecordingAndStaysInterrupted() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			Lane lane = writer.lane(HOST);
			Thread.currentThread().interrupt();
			for (int i = 1; i <= RECORDS_IN_CHUNK + 1; i++) {
				append(lane, i);
			}
			assertTrue(Thread.interrupted());
			assertEquals(0, writer.dropped());
			try (var reader = TraceReader.open(writer.file())) {
				var state = new HeapState();
				while (reader.poll(state, 10_000) > 0) {
					continue;
				}
				assertEquals(RECORDS_IN_CHUNK + 1, state.snapshot(0).orElseThrow().sequence());
			}
		} finally {
			Thread.interrupted();
		}
	}

	@Test
	void interruptsInTheMiddleOfAWriteLoseNoEvent() throws Exception {
		int count = 12 * RECORDS_IN_CHUNK;
		try (var writer = TraceWriter.create(folder, "")) {
			Thread thread = writing(writer.lane(HOST), count);
			while (thread.isAlive()) {
				thread.interrupt();
			}
			assertEquals(0, writer.dropped());
			try (var reader = TraceReader.open(writer.file())) {
				long[] seen = {0};
				while (reader.poll(event -> requireUntorn(event, ++seen[0]), 10_000) > 0) {
					continue;
				}
				assertEquals(count, seen[0]);
			}
		}
	}

	@Test
	void whatComesAfterTheEndIsIgnored() throws IOException {
		var writer = TraceWriter.create(folder, "");
		Lane lane = writer.lane(HOST);
		lane.end();
		append(lane, 2);
		writer.close();
		append(lane, 3);
		writer.close();
		try (var reader = TraceReader.open(writer.file())) {
			assertEquals(1, reader.poll(event -> assertEquals(EventKind.PROCESS_ENDED, event.kind()), 10));
		}
	}

	@Test
	void aThrowingSinkDoesNotSpoilTheReader() throws IOException {
		try (var writer = TraceWriter.create(folder, "")) {
			Lane lane = writer.lane(HOST);
			append(lane, 1);
			append(lane, 2);
			try (var reader = TraceReader.open(writer.file())) {
				assertThrows(IllegalStateException.class, () -> reader.poll(event -> {
					throw new IllegalStateException();
				}, 1));
				assertEquals(1, reader.poll(event -> requireUntorn(event, 2), 10));
			}
		}
	}

	@Test
	void aFileInPlaceOfTheFolderIsOneClearLine() throws IOException {
		Path file = Files.createFile(folder.resolve("taken"));
		IOException refused = assertThrows(IOException.class, () -> TraceWriter.create(file, ""));
		String message = String.valueOf(refused.getMessage());
		assertTrue(message.contains(file.toString()) && message.contains("choose"), message);
		assertEquals(1, message.lines().count());
	}

	@Test
	void eachTraceOfAProcessHasItsOwnFile() throws IOException {
		try (var one = TraceWriter.create(folder, ""); var other = TraceWriter.create(folder, "")) {
			assertNotEquals(one.file(), other.file());
			assertTrue(one.file().getFileName().toString().startsWith(ProcessHandle.current().pid() + "-"));
		}
	}

	@Test
	void aProcessThatStartedAtAnotherTimeIsNotTheWriter() throws IOException {
		try (var writer = TraceWriter.create(folder, ""); var reader = TraceReader.open(writer.file())) {
			TraceInfo info = reader.info();
			assertFalse(new TraceInfo(1, info.pid(), info.processStart().minusSeconds(60), info.begun(), "").writerAlive());
		}
	}

	@Test
	void theReportTellsWhatLeakedAndFromWhere() throws IOException {
		Path file;
		try (var writer = TraceWriter.create(folder, "java Leaky")) {
			file = writer.file();
			Lane lane = writer.lane(HOST);
			int stack = writer.stack(List.of(new StackFrame("demo.Leaky", "fill", "Leaky.java", 12)));
			lane.append(EventKind.ALLOCATE, 0, 4096, 4000, 0, 4, 0, MisuseReason.NONE, 0, stack, 0);
			lane.append(EventKind.ALLOCATE, 8192, 4096, 4000, 0, 4, 0, MisuseReason.NONE, 0, stack, 0);
			lane.append(EventKind.FREE, 0, 4096, 4000, 0, 4, 0, MisuseReason.NONE, 0, stack, 0);
		}
		try (var reader = TraceReader.open(file)) {
			TraceReport report = TraceReport.of(reader);
			assertEquals(TraceReport.State.ENDED, report.state());
			assertTrue(report.leaked());
			assertEquals(1, report.sites().size());
			assertEquals(4096, report.sites().get(0).bytes());
			String text = report.toText();
			assertTrue(text.contains("4 KiB in 1 block from demo.Leaky.fill(Leaky.java:12)"), text);
			assertTrue(text.contains("peak 8 KiB"), text);
		}
	}

	/** An event whose every field follows from its number, so that a torn one shows. */
	static void append(Lane lane, int number) {
		lane.append(EventKind.ALLOCATE, number * 64L, number, number ^ 0x5555, number * 3L, 4, number, MisuseReason.NONE, number, number,
				number);
	}

	static void requireUntorn(HeapEvent event, long number) {
		int low = (int) number;
		assertEquals(new HeapEvent(number, event.timeNanos(), EventKind.ALLOCATE, event.heap(), number * 64, low, low ^ 0x5555, number * 3,
				4, low,
				MisuseReason.NONE, low, low, low), event);
	}

	private static Thread writing(Lane lane, int count) {
		var thread = new Thread(() -> {
			for (int i = 1; i <= count; i++) {
				append(lane, i);
			}
		});
		thread.start();
		return thread;
	}
}
