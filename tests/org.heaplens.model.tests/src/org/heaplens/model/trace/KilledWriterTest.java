// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes at random moments: what it had committed is there, untorn, and its block table is exact. */
class KilledWriterTest {
	private static final int HEAPS = 3;
	private static final int LIVE = 700;
	private static final int KILLS = 4;

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	/** Writes until it is killed, a thread for each heap, and counts in a file what was committed. */
	static final class Victim {
		private Victim() {}

		/** Arguments: folder, file of counters, seed, "all" or "flight". */
		public static void main(String[] arguments) throws IOException {
			Path traces = Path.of(arguments[0]);
			long seed = Long.parseLong(arguments[2]);
			var writer = arguments[3].equals("all") ? TraceWriter.create(traces, "") : TraceWriter.createFlight(traces, "", 1 << 20);
			ByteBuffer counters;
			try (var channel = FileChannel.open(Path.of(arguments[1]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
				counters = channel.map(MapMode.READ_WRITE, 0, HEAPS * Long.BYTES).order(LITTLE_ENDIAN);
			}
			for (int heap = 0; heap < HEAPS; heap++) {
				int number = heap;
				Lane lane = writer.lane(heap(heap));
				new Thread(() -> mix(seed, number).run(Long.MAX_VALUE, counting(lane, counters, number))).start();
			}
			System.out.println("go");
		}

		private static EventMix.Sink counting(Lane lane, ByteBuffer counters, int heap) {
			return (nanos, kind, offset, size, requested, argument, flag, reason, thread, stack, engine) -> {
				lane.append(kind, offset, size, requested, argument, flag, 0, reason, thread, stack, engine);
				counters.putLong(heap * Long.BYTES, lane.sequence());
			};
		}
	}

	@Test
	void nothingCommittedIsLost() throws Exception {
		kill("all");
	}

	@Test
	void nothingThatTheRingStillHoldsIsLost() throws Exception {
		kill("flight");
	}

	private void kill(String mode) throws Exception {
		long firstSeed = new Random().nextLong();
		System.out.println("KilledWriterTest seed " + firstSeed + ", " + mode);
		for (int time = 0; time < KILLS; time++) {
			long seed = firstSeed + time;
			Path traces = folder.resolve(mode + time);
			Path counters = Files.write(folder.resolve("counters"), new byte[HEAPS * Long.BYTES]);
			Process victim = new ProcessBuilder(DamagedTraceTest.java(), "-XX:+UseSerialGC", "-Xmx128m", "-cp",
					DamagedTraceTest.classPath(), Victim.class.getName(), traces.toString(), counters.toString(), Long.toString(seed), mode)
					.redirectError(ProcessBuilder.Redirect.INHERIT).start();
			try {
				victim.getInputStream().read();
				// The moment of death is what is random here, not how long anything takes.
				assertEquals(false, victim.waitFor(new Random(seed).nextInt(600), TimeUnit.MILLISECONDS), "it ended by itself");
			} finally {
				victim.destroyForcibly().waitFor();
			}
			ByteBuffer committed = ByteBuffer.wrap(Files.readAllBytes(counters)).order(LITTLE_ENDIAN);
			try (var files = Files.list(traces)) {
				Path file = files.findFirst().orElseThrow();
				var trace = new PlainTrace(file);
				for (int heap = 0; heap < HEAPS; heap++) {
					check(trace, mode, heap, seed, committed.getLong(heap * Long.BYTES));
				}
				Files.delete(file);
			}
		}
	}

	private static void check(PlainTrace trace, String mode, int heap, long seed, long committed) throws IOException {
		String where = mode + ", seed " + seed + ", heap " + heap;
		List<HeapEvent> read = trace.events(heap);
		long last = read.isEmpty() ? 0 : read.get(read.size() - 1).sequence();
		assertTrue(last >= committed && last <= committed + 1, where + ": " + last + " events, and " + committed + " were committed");
		assertTrue(!mode.equals("all") || read.size() == last, where + ": a gap");
		var expected = new ArrayList<HeapEvent>();
		var blocks = new TreeMap<Long, PlainTrace.TableBlock>();
		mix(seed, heap).run(last, (nanos, kind, offset, size, requested, argument, flag, reason, thread, stack, engine) -> {
			if (expected.size() < last) {
				var event = new HeapEvent(expected.size() + 1, 0, kind, heap, offset, size, requested, argument, flag, 0, reason, thread,
						stack, engine);
				expected.add(event);
				apply(event, blocks);
			}
		});
		int index = (int) last - read.size();
		for (HeapEvent event : read) {
			// In the ring, whole slots may be missing between, where other heaps were written meanwhile; never parts.
			index = Math.max(index, (int) event.sequence() - 1);
			HeapEvent should = expected.get(index++);
			assertEquals(new HeapEvent(should.sequence(), event.timeNanos(), should.kind(), heap, should.offset(), should.size(),
					should.requested(), should.argument(), should.flag(), 0, should.reason(), should.thread(), should.stack(),
					should.engine()), event, where);
		}
		Map<Long, PlainTrace.TableBlock> table = trace.table(heap);
		if (last > 0) {
			// The last event may have changed the table already, or not yet.
			table.values().removeIf(block -> block.sequence() >= last);
			apply(expected.get((int) last - 1), table);
		}
		assertEquals(blocks, table, where);
	}

	private static void apply(HeapEvent event, Map<Long, PlainTrace.TableBlock> blocks) {
		EventKind kind = event.kind();
		if (kind == EventKind.ALLOCATE) {
			blocks.put(event.offset(), new PlainTrace.TableBlock(event.sequence(), event.offset(), event.size(), 1));
		} else if (kind == EventKind.FREE || kind == EventKind.AUTO_FREE) {
			blocks.remove(event.offset());
		} else if (kind == EventKind.SEND_BEGIN || kind == EventKind.SEND_END) {
			blocks.computeIfPresent(event.offset(), (offset, block) -> new PlainTrace.TableBlock(block.sequence(), offset, block.size(),
					kind == EventKind.SEND_BEGIN ? 2 : 3));
		}
	}

	private static EventMix mix(long seed, int heap) {
		return new EventMix(seed + heap, 20, 3, LIVE, 0);
	}

	private static HeapInfo heap(int number) {
		return new HeapInfo(number, number == 0 ? Side.HOST : Side.DEVICE, number, EventMix.CAPACITY, 0);
	}
}
