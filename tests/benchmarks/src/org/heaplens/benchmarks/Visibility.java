// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.model.trace.TraceWriter;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.consumer.EventStream;

/**
 * How long it takes from the moment before an event is written in one process until it is in the hands of another that looks every
 * {@value #POLL_MILLIS} ms, as the views do. Both processes have the same clock: CLOCK_MONOTONIC is the machine's.
 */
final class Visibility {
	static final int POLL_MILLIS = 16;
	private static final long SEED = 1;

	private Visibility() {}

	/** Milliseconds, one for each event. */
	static double[] ours(int events) throws IOException, InterruptedException {
		Process child = Children.start(Visibility.class, List.of(), "trace", Scratch.fresh().toString());
		try (var output = reader(child); TraceReader reader = TraceReader.open(Path.of(output.readLine()))) {
			var delays = new double[events];
			int[] seen = {0};
			while (seen[0] < events) {
				reader.poll(event -> {
					if (seen[0] < events) {
						delays[seen[0]++] = (System.nanoTime() - event.argument()) / 1e6;
					}
				}, 1 << 16);
				requireAlive(child);
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
			}
			return delays;
		} finally {
			child.destroy();
			child.waitFor();
		}
	}

	/** The same through the JDK's flight recorder, streamed from the repository of the other process. */
	static double[] flightRecorder(int events) throws IOException, InterruptedException {
		Process child = Children.start(Visibility.class, List.of("-Xlog:jfr*=off"), "flight");
		var delays = new ConcurrentLinkedQueue<Double>();
		var all = new CountDownLatch(events);
		try (var output = reader(child); EventStream stream = EventStream.openRepository(Path.of(output.readLine()))) {
			stream.onEvent(Tick.NAME, event -> {
				delays.add((System.nanoTime() - event.getLong("nanos")) / 1e6);
				all.countDown();
			});
			stream.startAsync();
			while (!all.await(1, TimeUnit.SECONDS)) {
				requireAlive(child);
			}
		} finally {
			child.destroy();
			child.waitFor();
		}
		return delays.stream().limit(events).mapToDouble(Double::doubleValue).toArray();
	}

	private static void requireAlive(Process child) {
		if (!child.isAlive()) {
			throw new IllegalStateException("the other process ended with " + child.exitValue());
		}
	}

	private static BufferedReader reader(Process child) {
		return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
	}

	/** An event of the flight recorder that says when it was made. */
	@Name(Tick.NAME)
	@StackTrace(false)
	static final class Tick extends Event {
		static final String NAME = "org.heaplens.benchmarks.Tick";
		long nanos;
	}

	/** The other process: an event every few milliseconds. */
	public static void main(String[] arguments) throws Exception {
		if (arguments[0].equals("trace")) {
			try (var writer = TraceWriter.create(Path.of(arguments[1]), "visibility")) {
				var lane = writer.lane(new HeapInfo(0, Side.HOST, 0, 1L << 40, 0x1000));
				System.out.println(writer.file());
				tick(number -> lane.append(EventKind.ALLOCATE, number * 4096L, 4096, 4000, System.nanoTime(), 2, 0, MisuseReason.NONE,
						0, 0, 0));
			}
		} else {
			try (var recording = new Recording()) {
				recording.enable(Tick.class);
				recording.start();
				System.out.println(System.getProperty("jdk.jfr.repository"));
				tick(number -> {
					var event = new Tick();
					event.nanos = System.nanoTime();
					event.commit();
				});
			}
		}
	}

	/** Until the process is ended: a stream of the flight recorder begins to listen at some moment, and misses what was before. */
	private static void tick(IntConsumer write) {
		var random = new Random(SEED);
		for (int number = 0;; number++) {
			LockSupport.parkNanos(1_000_000L + random.nextInt(8_000_000));
			write.accept(number);
		}
	}
}
