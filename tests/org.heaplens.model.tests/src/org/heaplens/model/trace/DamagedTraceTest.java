// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.heaplens.model.EventKind;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.StackFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of killed processes, cut traces, and what never was a trace. */
class DamagedTraceTest {
	private static final int FIRST_EVENT = TraceLayout.HEADER_SIZE + TraceLayout.CHUNK_SIZE + TraceLayout.PIECE_HEADER_SIZE;

	/** Each makes a block that stays: the table of blocks alone fills the disk, however well events are compressed. */
	private static final int HOARDED = 20 * TraceTest.RECORDS_IN_CHUNK;

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	/** Writes events until it is killed; says "go" once the first two chunks are full. */
	static final class Victim {
		private Victim() {}

		public static void main(String[] arguments) throws IOException {
			TraceWriter writer = TraceWriter.create(Path.of(arguments[0]), "victim");
			System.out.println(writer.file());
			Lane lane = writer.lane(TraceTest.HOST);
			for (int number = 1; number > 0; number++) {
				TraceTest.append(lane, number);
				if (number == 2 * TraceTest.RECORDS_IN_CHUNK) {
					System.out.println("go");
				}
				if (number == 40 * TraceTest.RECORDS_IN_CHUNK) {
					// Enough for any reader; wait for the end without filling the disk.
					System.in.read();
				}
			}
		}
	}

	@Test
	void aKilledProcessLosesNoCommittedEvent() throws Exception {
		Process victim = new ProcessBuilder(java(), "-cp", classPath(), Victim.class.getName(),
				folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (var output = new BufferedReader(new InputStreamReader(victim.getInputStream()))) {
			Path file = Path.of(String.valueOf(output.readLine()));
			assertEquals("go", output.readLine());
			try (var live = TraceReader.open(file)) {
				assertTrue(live.info().writerAlive());
				long[] seen = {0};
				live.poll(event -> TraceTest.requireUntorn(event, ++seen[0]), 1000);
				assertEquals(1000, seen[0]);
				victim.destroyForcibly().waitFor();
				while (live.poll(event -> TraceTest.requireUntorn(event, ++seen[0]), 10_000) > 0) {
					continue;
				}
				assertTrue(seen[0] >= 2 * TraceTest.RECORDS_IN_CHUNK, "only " + seen[0]);
				assertFalse(live.info().writerAlive());
				assertFalse(live.ended());
			}
			try (var late = TraceReader.open(file)) {
				assertEquals(TraceReport.State.KILLED, TraceReport.of(late).state());
			}
		} finally {
			victim.destroyForcibly();
		}
	}

	/** Writes more than the limit on its files lets it, and says how many events were dropped. */
	static final class Hoarder {
		private Hoarder() {}

		public static void main(String[] arguments) throws IOException {
			try (var writer = TraceWriter.create(Path.of(arguments[0]), "hoarder")) {
				System.out.println(writer.file());
				Lane lane = writer.lane(TraceTest.HOST);
				for (int number = 1; number <= HOARDED; number++) {
					TraceTest.append(lane, number);
				}
				writer.thread("nowhere to write this");
				System.out.println(writer.dropped());
			}
		}
	}

	@Test
	void aFullDiskEndsTheTraceAndNotTheProgram() throws Exception {
		Path shell = Path.of("/bin/sh");
		assumeTrue(Files.isExecutable(shell));
		// A limit on the size of files stands in for the full disk: the same call fails in the same place.
		Process hoarder = new ProcessBuilder(shell.toString(), "-c", "ulimit -f 3000; exec \"$@\"", "sh", java(), "-XX:-UsePerfData", "-cp",
				classPath(), Hoarder.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (var output = new BufferedReader(new InputStreamReader(hoarder.getInputStream()))) {
			Path file = Path.of(String.valueOf(output.readLine()));
			long dropped = Long.parseLong(String.valueOf(output.readLine()));
			assertEquals(0, hoarder.waitFor());
			try (var reader = TraceReader.open(file)) {
				long[] seen = {0};
				while (reader.poll(event -> TraceTest.requireUntorn(event, ++seen[0]), 10_000) > 0) {
					continue;
				}
				assertTrue(seen[0] > 0);
				assertEquals(HOARDED, seen[0] + dropped);
				assertTrue(reader.ended(), "the program ended in good order");
				assertEquals(dropped + 1, reader.dropped(), "the end could not be written either");
			}
		} finally {
			hoarder.destroyForcibly();
		}
	}

	@Test
	void aCutTraceIsReadUpToTheCut() throws IOException {
		byte[] whole = trace(100);
		int[] lengths = {TraceLayout.HEADER_SIZE, TraceLayout.HEADER_SIZE + 1, TraceLayout.HEADER_SIZE + 63, TraceLayout.HEADER_SIZE + 64,
			TraceLayout.HEADER_SIZE + 75, TraceLayout.HEADER_SIZE + 90, FIRST_EVENT - 65, FIRST_EVENT - TraceLayout.PIECE_HEADER_SIZE,
			FIRST_EVENT - 1, FIRST_EVENT,
			FIRST_EVENT + 63, FIRST_EVENT + 64, FIRST_EVENT + 64 * 50 + 17, FIRST_EVENT + 64 * 100, whole.length - 1};
		for (int length : lengths) {
			try (var reader = TraceReader.open(file(Arrays.copyOf(whole, length)))) {
				long[] seen = {0};
				while (reader.poll(event -> seen[0]++, 7) > 0) {
					continue;
				}
				assertEquals(Math.max(0, Math.min(101, (length - FIRST_EVENT) / 64)), seen[0], "cut at " + length);
				reader.stack(1);
				assertEquals(seen[0] == 101, reader.ended());
			}
		}
	}

	@Test
	void aCutHeaderIsNoTrace() throws IOException {
		byte[] whole = trace(1);
		for (int length : new int[]{0, 1, 8, 4096, TraceLayout.HEADER_SIZE - 1}) {
			requireNoTrace(Arrays.copyOf(whole, length));
		}
	}

	@Test
	void eachDamagedHeaderFieldIsNamedWithItsPlace() throws IOException {
		for (int at : new int[]{TraceLayout.AT_MAGIC, TraceLayout.AT_VERSION, TraceLayout.AT_BYTE_ORDER, TraceLayout.AT_HEADER_SIZE,
			TraceLayout.AT_CHUNK_SIZE, TraceLayout.AT_HEAP_COUNT + 3, TraceLayout.AT_COMMAND_LENGTH + 3, TraceLayout.AT_HEAPS + 3,
			TraceLayout.AT_HEAPS + 23}) {
			byte[] damaged = trace(1);
			damaged[at] ^= (byte) 0xa5;
			assertTrue(requireNoTrace(damaged).contains("at byte "), "damaged at " + at);
		}
	}

	@Test
	void anEventOutOfOrderIsNamedWithItsPlace() throws IOException {
		byte[] damaged = trace(10);
		damaged[FIRST_EVENT + 3 * 64 + 56] = 1;
		try (var reader = TraceReader.open(file(damaged))) {
			var problem = assertThrows(TraceFormatException.class, () -> reader.poll(event -> {}, 100));
			assertTrue(String.valueOf(problem.getMessage()).contains("(at byte " + (FIRST_EVENT + 3 * 64) + ")"), problem::getMessage);
		}
	}

	@Test
	void aFileCutWhileItIsReadIsToldNotTouched() throws IOException {
		Path file = file(trace(10));
		try (var reader = TraceReader.open(file); var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			reader.poll(event -> {}, 3);
			channel.truncate(FIRST_EVENT);
			assertThrows(TraceFormatException.class, () -> reader.poll(event -> {}, 3));
		}
	}

	@Test
	void garbageNeverHangsAndOnlyFailsInOneWay() throws IOException {
		long seed = new Random().nextLong();
		System.out.println("DamagedTraceTest seed " + seed);
		var random = new Random(seed);
		byte[] whole = trace(200);
		for (int round = 0; round < 150; round++) {
			byte[] damaged = whole.clone();
			boolean headerToo = round % 3 == 0;
			for (int i = random.nextInt(60); i >= 0; i--) {
				int start = random.nextInt(4) == 0 ? FIRST_EVENT - TraceLayout.PIECE_HEADER_SIZE : headerToo ? 0 : TraceLayout.HEADER_SIZE;
				damaged[start + random.nextInt(1500)] = (byte) random.nextInt();
			}
			if (random.nextInt(5) == 0) {
				random.nextBytes(damaged);
			}
			readAll(file(damaged), "seed " + seed + ", round " + round);
		}
	}

	private static void readAll(Path file, String where) throws IOException {
		try (var reader = TraceReader.open(file)) {
			TraceReport.of(reader).toText();
			for (int number = 0; number < 10; number++) {
				reader.stack(number);
				reader.thread(number);
				reader.engine(number);
			}
		} catch (TraceFormatException e) {
			assertTrue(String.valueOf(e.getMessage()).contains("at byte"), where);
		} catch (RuntimeException e) {
			fail(where, e);
		} finally {
			Files.delete(file);
		}
	}

	private String requireNoTrace(byte[] bytes) throws IOException {
		Path file = file(bytes);
		String message = String.valueOf(assertThrows(TraceFormatException.class, () -> TraceReader.open(file).close()).getMessage());
		assertTrue(message.contains(file.toString()), message);
		assertEquals(1, message.lines().count());
		return message;
	}

	/** A trace with a dictionary in its first chunk and {@code count} events, and the end, in its second: before it is compressed. */
	private byte[] trace(int count) throws IOException {
		Path file;
		byte[] bytes;
		try (var writer = TraceWriter.create(folder, "damaged")) {
			file = writer.file();
			writer.stack(List.of(new StackFrame("a.B", "run", "B.java", 7), new StackFrame("a.B", "main", "B.java", 9)));
			Lane lane = writer.lane(TraceTest.HOST);
			for (int number = 1; number <= count; number++) {
				lane.append(EventKind.WAIT_BEGIN, number * 64L, number, number, 0, 4, 0, MisuseReason.NONE, 1, 1, 1);
			}
			lane.end();
			bytes = Files.readAllBytes(file);
		}
		Files.delete(file);
		return bytes;
	}

	private Path file(byte[] bytes) throws IOException {
		return Files.write(Files.createTempFile(folder, "case", TraceLayout.EXTENSION), bytes);
	}

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/** Of the classes at hand, wherever the test runner loaded them from. */
	static String classPath() throws Exception {
		var path = new StringBuilder();
		for (Class<?> type : List.of(Victim.class, TraceWriter.class, Test.class, org.opentest4j.AssertionFailedError.class)) {
			path.append(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())).append(java.io.File.pathSeparatorChar);
		}
		return path.toString();
	}
}
