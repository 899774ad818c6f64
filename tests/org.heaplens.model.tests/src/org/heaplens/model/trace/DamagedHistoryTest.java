// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.StackFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of traces that were cut, damaged or made by somebody else, and of programs that write meanwhile. */
class DamagedHistoryTest {
	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	private final long seed = new Random().nextLong();
	private final Random random = new Random(seed);

	@Test
	void everyPrefixOfASmallTraceOpensOrSaysWhereItEnds() throws IOException {
		byte[] whole = ended(40);
		Path file = Files.createTempFile(folder, "cut", TraceLayout.EXTENSION);
		long before = 0;
		for (int length = 0; length <= whole.length; length++) {
			// Within the header of the file one place in fifty is enough.
			if (length < TraceLayout.HEADER_SIZE && length % 50 != 0) {
				continue;
			}
			Files.write(file, Arrays.copyOf(whole, length));
			if (length < TraceLayout.HEADER_SIZE) {
				assertThrows(TraceFormatException.class, () -> TraceHistory.open(file).close());
				continue;
			}
			try (var history = TraceHistory.open(file)) {
				long events = read(history);
				assertTrue(events >= before, "cut at " + length + ": " + events + " events, " + before + " with less of the file");
				before = events;
			}
		}
		assertEquals(41, before);
	}

	@Test
	void prefixesOfARunningTraceGiveTheEventsThatAreInThem() throws IOException {
		System.out.println("DamagedHistoryTest cuts seed " + seed);
		byte[] whole;
		try (var writer = TraceWriter.create(folder, "")) {
			write(writer, 12 * TraceLayout.RECORDS_IN_CHUNK + 99);
			whole = Files.readAllBytes(writer.file());
		}
		for (int round = 0; round < 30; round++) {
			int length = TraceLayout.HEADER_SIZE + random.nextInt(whole.length - TraceLayout.HEADER_SIZE + 1);
			Path file = file(Arrays.copyOf(whole, length));
			try (var history = TraceHistory.open(file)) {
				read(history);
			} catch (RuntimeException e) {
				fail("seed " + seed + ", cut at " + length, e);
			}
			Files.delete(file);
		}
	}

	@Test
	void flippedBitsAreToldWithTheirPlaceOrDoNoHarm() throws IOException {
		System.out.println("DamagedHistoryTest bits seed " + seed);
		byte[] whole = ended(9_000);
		for (int round = 0; round < 150; round++) {
			byte[] damaged = whole.clone();
			for (int bit = random.nextInt(3); bit >= 0; bit--) {
				int start = random.nextInt(4) == 0 ? 0 : TraceLayout.HEADER_SIZE;
				damaged[start + random.nextInt(whole.length - start)] ^= (byte) (1 << random.nextInt(8));
			}
			requireHarmless(damaged, "seed " + seed + ", round " + round);
		}
	}

	@Test
	void hostileFieldsOfPiecesAreToldWithTheirPlaceOrDoNoHarm() throws IOException {
		System.out.println("DamagedHistoryTest fields seed " + seed);
		byte[] whole = ended(9_000);
		List<Integer> pieces = pieces(whole);
		long[] values = {0, 1, -1, 63, 64, 192, 256, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40};
		for (int piece : pieces) {
			for (int field = 0; field < TraceLayout.PIECE_HEADER_SIZE; field += 4) {
				byte[] damaged = whole.clone();
				long value = values[random.nextInt(values.length)];
				ByteBuffer.wrap(damaged).order(LITTLE_ENDIAN).putInt(piece + field, (int) value);
				requireHarmless(damaged, "seed " + seed + ", piece at " + piece + ", field " + field + " = " + (int) value);
			}
		}
	}

	@Test
	void aMissingDamagedOrCircularIndexIsDoneWithout() throws IOException {
		byte[] whole = ended(300_000);
		ByteBuffer bytes = ByteBuffer.wrap(whole).order(LITTLE_ENDIAN);
		long index = bytes.getLong(TraceLayout.AT_INDEX);
		assertTrue(index > 0 && bytes.getLong((int) index + TraceLayout.AT_PIECE_FIRST) > 0, "there are several indexes");
		for (long[] change : new long[][]{{TraceLayout.AT_INDEX, 0}, {TraceLayout.AT_INDEX, -1}, {TraceLayout.AT_INDEX, Long.MAX_VALUE},
			{TraceLayout.AT_INDEX, index + 64}, {index + TraceLayout.AT_PIECE_FIRST, index},
			{index + TraceLayout.AT_PIECE_FIRST, Long.MAX_VALUE}, {index + TraceLayout.AT_PIECE_FIRST, 0},
			{index + TraceLayout.PIECE_HEADER_SIZE + TraceLayout.AT_PIECE_GENERATION, 64}}) {
			byte[] damaged = whole.clone();
			ByteBuffer.wrap(damaged).order(LITTLE_ENDIAN).putLong((int) change[0], change[1]);
			try (var history = TraceHistory.open(file(damaged))) {
				assertEquals(300_001, read(history), "byte " + change[0] + " = " + change[1]);
			}
		}
	}

	@Test
	void aHistoryFollowsAProgramThatWritesMeanwhile() throws Exception {
		follow(TraceWriter.create(folder, ""));
	}

	@Test
	void aHistoryFollowsAFlightRecorderThatWritesMeanwhile() throws Exception {
		follow(TraceWriter.createFlight(folder, "", 2 << 20));
	}

	private void follow(TraceWriter writer) throws Exception {
		System.out.println("DamagedHistoryTest follow seed " + seed);
		var ready = new CountDownLatch(1);
		var enough = new AtomicBoolean();
		var thread = new Thread(() -> {
			Lane lane = writer.lane(TraceHistoryTest.HOST);
			var mix = new EventMix(seed, 50, 4, 300, 1000);
			while (!enough.get() && lane.sequence() < 20_000_000) {
				// Whole steps of the mix: it frees all that it made.
				mix.run(1000, (nanos, kind, offset, size, requested, argument, flag, reason, ofThread, stack, engine) -> lane.append(kind,
						offset, size, requested, argument, flag, 0, reason, ofThread, stack, engine));
				ready.countDown();
			}
		});
		thread.start();
		ready.await();
		try (writer) {
			long before = 0;
			try (var history = TraceHistory.open(writer.file())) {
				for (int round = 0; round < 40; round++) {
					history.refresh();
					TraceHistory.Range range = history.range(3);
					assertTrue(range.lastSequence() >= before, "seed " + seed);
					before = range.lastSequence();
					HeapSnapshot then = history.at(3, range.lastSequence());
					assertEquals(range.lastSequence(), then.sequence(), "seed " + seed);
					long[] next = {Math.max(range.firstSequence(), before - 50_000)};
					history.events(EventFilter.ALL.inSequence(next[0], before), event -> {
						assertEquals(next[0]++, event.sequence(), () -> "seed " + seed);
						return true;
					});
					assertEquals(before + 1, next[0], "seed " + seed);
					assertEquals(then.allocations() - then.frees(), then.blockCount(), "seed " + seed);
				}
			} finally {
				enough.set(true);
				thread.join();
			}
		}
	}

	/** Reads everything, and everywhere. */
	private static long read(TraceHistory history) throws IOException {
		long[] count = {0};
		history.events(EventFilter.ALL, event -> ++count[0] > 0);
		for (HeapSnapshot heap : history.atEnd()) {
			int id = heap.heap().id();
			TraceHistory.Range range = history.range(id);
			history.at(id, range.firstSequence() + (range.lastSequence() - range.firstSequence()) / 2);
			history.atTime(range.firstNanos() + (range.lastNanos() - range.firstNanos()) / 3);
			if (range.lastNanos() >= range.firstNanos()) {
				history.summary(id, range.firstNanos(), range.lastNanos(), 20);
			}
		}
		history.ended();
		history.stack(1);
		history.thread(1);
		history.engine(1);
		return count[0];
	}

	private void requireHarmless(byte[] damaged, String where) throws IOException {
		Path file = file(damaged);
		try (var history = TraceHistory.open(file)) {
			read(history);
		} catch (TraceFormatException e) {
			assertTrue(String.valueOf(e.getMessage()).contains("at byte"), where);
		} catch (RuntimeException | Error e) {
			fail(where, e);
		} finally {
			Files.delete(file);
		}
	}

	private static List<Integer> pieces(byte[] whole) {
		var result = new ArrayList<Integer>();
		ByteBuffer bytes = ByteBuffer.wrap(whole).order(LITTLE_ENDIAN);
		for (int at = TraceLayout.HEADER_SIZE; bytes.getLong(at + TraceLayout.AT_PIECE_COMMIT) == 1; at += bytes
				.getInt(at + TraceLayout.AT_PIECE_STORED)) {
			result.add(at);
		}
		return result;
	}

	private byte[] ended(int count) throws IOException {
		Path file;
		try (var writer = TraceWriter.create(folder, "")) {
			file = writer.file();
			write(writer, count);
		}
		byte[] bytes = Files.readAllBytes(file);
		Files.delete(file);
		return bytes;
	}

	private void write(TraceWriter writer, int count) {
		writer.stack(List.of(new StackFrame("a.B", "run", "B.java", 7)));
		Lane lane = writer.lane(TraceHistoryTest.HOST);
		run(new EventMix(seed, 50, 4, 300, 1000), lane, count);
		while (lane.sequence() < count) {
			TraceTest.append(lane, 1);
		}
	}

	private static void run(EventMix mix, Lane lane, long count) {
		long[] left = {count};
		mix.run(count, (nanos, kind, offset, size, requested, argument, flag, reason, thread, stack, engine) -> {
			if (left[0]-- > 0) {
				lane.append(kind, offset, size, requested, argument, flag, 0, reason, thread, stack, engine);
			}
		});
	}

	private Path file(byte[] bytes) throws IOException {
		return Files.write(Files.createTempFile(folder, "case", TraceLayout.EXTENSION), bytes);
	}
}
