// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.model.trace.TraceReport;
import org.heaplens.model.trace.TraceReport.State;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.hiai.Child.Ended;
import org.heaplens.runtime.hiai.Child.Jdk;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What our library records of programs in Java, on each JDK of this machine. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NativeRecordingTest {
	@TempDir
	Path folder = Path.of("");

	static List<Jdk> jdks() throws IOException {
		return Child.jdks();
	}

	private Map<String, String> settings(String... more) {
		var settings = new HashMap<>(
				Map.of("driver", "native", "library", Natives.own().toString(), "jni", Natives.jni().toString(), "trace",
						folder.toString()));
		for (int index = 0; index < more.length; index += 2) {
			settings.put(more[index], more[index + 1]);
		}
		return settings;
	}

	private TraceReader trace() throws IOException {
		try (var files = Files.list(folder)) {
			return TraceReader.open(files.findFirst().orElseThrow());
		}
	}

	/** A program that leaves a block, made in a thread with a name, and frees another twice. */
	static final class Leaks {
		public static void main(String[] arguments) throws InterruptedException {
			var thread = new Thread(Leaks::leave, "a thread with a long name");
			thread.start();
			thread.join();
			HiaiBuffer block = HiaiMemory.dMalloc(1000);
			HiaiMemory.dFree(block);
			HiaiMemory.dFree(block);
		}

		private static void leave() {
			HiaiMemory.allocate(100_000, 0, MemoryAttr.MANUAL_FREE);
		}
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void aRecordingHasTheCallSitesOfJavaAndAnEnd(Jdk jdk) throws Exception {
		assertEquals(new Ended(0, ""), Child.run(jdk, settings("host.capacity", "8M"), Leaks.class));
		try (TraceReader trace = trace()) {
			TraceReport report = TraceReport.of(trace);
			assertEquals(State.ENDED, report.state());
			assertEquals(8 << 20, trace.heaps().get(0).capacity());
			assertEquals(2, report.heaps().get(0).allocations());
			assertEquals(1, report.heaps().get(0).misuses());
			assertEquals(1, report.sites().size(), report::toText);
			String site = report.sites().get(0).text();
			assertTrue(site.startsWith(Leaks.class.getName() + ".leave(NativeRecordingTest.java:"), site);
		}
		try (TraceReader trace = trace()) {
			var leaks = new ArrayList<HeapEvent>();
			trace.poll(event -> {
				if (event.kind() == EventKind.ALLOCATE && event.requested() == 100_000) {
					leaks.add(event);
				}
			}, Integer.MAX_VALUE);
			assertEquals(1, leaks.size());
			assertEquals("a thread with a long name", trace.thread(leaks.get(0).thread()));
		}
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void withoutFramesNoStacksAreRecorded(Jdk jdk) throws Exception {
		assertEquals(new Ended(0, ""), Child.run(jdk, settings("recording.stack-frames", "0"), Leaks.class));
		try (TraceReader trace = trace()) {
			trace.poll(event -> assertEquals(0, event.stack()), Integer.MAX_VALUE);
		}
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void aPropertyThatCannotBeIsSaidOnce(Jdk jdk) throws Exception {
		Ended ended = Child.run(jdk, settings("device.count", "65"), Leaks.class);
		assertEquals(
				new Ended(0, "heaplens: heaplens.device.count is '65'; it has to be a whole number of devices from 1 to 64; taking 1\n"),
				ended);
		try (TraceReader trace = trace()) {
			assertEquals(2, trace.heaps().size());
		}
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void inStrictModeAMisuseEndsTheProcessWithOneMessage(Jdk jdk) throws Exception {
		Ended ended = Child.run(jdk, settings("simulator.strict", "true"), List.of("-XX:-CreateCoredumpOnCrash"), Child.classPath(),
				Leaks.class);
		assertFalse(ended.code() == 0);
		assertTrue(ended.output().contains("DOUBLE_FREE"), ended::output);
	}

	/** A program in which threads make and free blocks, and some are freed by others. */
	static final class Threads {
		static final int THREADS = 4;
		static final int ROUNDS = 20_000;

		public static void main(String[] arguments) throws InterruptedException {
			var shared = new AtomicReferenceArray<HiaiBuffer>(64);
			var threads = new Thread[THREADS];
			for (int index = 0; index < THREADS; index++) {
				int seed = index;
				threads[index] = new Thread(() -> work(shared, new Random(seed)), "worker " + index);
				threads[index].start();
			}
			for (Thread thread : threads) {
				thread.join();
			}
			for (int place = 0; place < shared.length(); place++) {
				HiaiBuffer left = shared.get(place);
				if (left != null) {
					left.close();
				}
			}
		}

		private static void work(AtomicReferenceArray<HiaiBuffer> shared, Random random) {
			for (int round = 0; round < ROUNDS; round++) {
				HiaiBuffer block = HiaiMemory.allocate(8 + random.nextInt(1000), 0, MemoryAttr.MANUAL_FREE).block().orElseThrow();
				block.bytes().putLong(0, block.address());
				HiaiBuffer other = shared.getAndSet(random.nextInt(shared.length()), block);
				if (other != null) {
					if (other.bytes().getLong(0) != other.address()) {
						throw new IllegalStateException("another block's bytes");
					}
					other.close();
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void threadsShareTheLibrary(Jdk jdk) throws Exception {
		assertEquals(new Ended(0, ""), Child.run(jdk, settings(), Threads.class));
		try (TraceReader trace = trace()) {
			TraceReport report = TraceReport.of(trace);
			assertEquals(Threads.THREADS * Threads.ROUNDS, report.heaps().get(0).allocations());
			assertEquals(Threads.THREADS * Threads.ROUNDS, report.heaps().get(0).frees());
			assertEquals(0, report.heaps().get(0).misuses());
			assertFalse(report.leaked(), report::toText);
		}
	}
}
