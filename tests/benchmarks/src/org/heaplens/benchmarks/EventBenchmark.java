// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.trace.Lane;
import org.heaplens.model.trace.TraceWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;

/** One event with its time, without a stack: into a lane of ours, and into the JDK's flight recorder. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventBenchmark {
	/** As many as are live on average: half of them. */
	private static final int SLOTS = 2048;
	private static final int SIZE = 1 << 16;
	private static final int BURST = 1024;
	private static final long BURST_NANOS = 1_024_000;

	/** A lane of a new trace for each iteration. */
	@State(Scope.Thread)
	public static class Ours {
		final Requests requests = new Requests(1, 1);
		final boolean[] live = new boolean[SLOTS];
		private TraceWriter writer;
		Path folder;
		Lane lane;

		@Setup(Level.Iteration)
		public void open() throws Exception {
			aside(this::begin);
		}

		@TearDown(Level.Iteration)
		public void close() throws Exception {
			aside(this::end);
		}

		private void begin() throws IOException {
			Arrays.fill(live, false);
			folder = Scratch.fresh();
			writer = create();
			lane = writer.lane(new HeapInfo(0, Side.HOST, 0, (long) SLOTS * SIZE, 0x1000));
		}

		TraceWriter create() throws IOException {
			return TraceWriter.create(folder, "benchmark");
		}

		private void end() throws IOException {
			long dropped = writer.dropped();
			writer.close();
			Scratch.delete(folder);
			if (dropped > 0) {
				throw new IllegalStateException(dropped + " events dropped");
			}
		}
	}

	/** The same, of which only the end is kept. */
	@State(Scope.Thread)
	public static class OursInFlight extends Ours {
		@Override
		TraceWriter create() throws IOException {
			return TraceWriter.createFlight(folder, "benchmark", TraceWriter.DEFAULT_RING);
		}
	}

	/** Lets time pass between bursts; costs no processor time. */
	@State(Scope.Thread)
	public static class Pace {
		private long due = System.nanoTime();

		void await() {
			// After a pause between iterations, nothing is made up for.
			due = Math.max(due, System.nanoTime() - BURST_NANOS) + BURST_NANOS;
			LockSupport.parkNanos(due - System.nanoTime());
		}
	}

	/** On a thread of its own, so that its processor time is not taken for the benchmark's. */
	private static void aside(Work work) throws InterruptedException {
		var failures = new ArrayBlockingQueue<Exception>(1);
		var thread = new Thread(() -> {
			try {
				work.run();
			} catch (IOException | RuntimeException e) {
				failures.add(e);
			}
		}, "aside");
		thread.start();
		thread.join();
		if (!failures.isEmpty()) {
			throw new IllegalStateException(failures.peek());
		}
	}

	private interface Work {
		void run() throws IOException;
	}

	/** The same fields. */
	@Name("org.heaplens.benchmarks.HeapChange")
	@Label("Heap change")
	@Category("HeapLens")
	@StackTrace(false)
	public static class Change extends Event {
		@Label("sequence")
		long sequence;
		@Label("offset")
		long offset;
		@Label("argument")
		long argument;
		@Label("size")
		int size;
		@Label("requested")
		int requested;
		@Label("engine")
		int engine;
		@Label("status")
		int status;
		@Label("kind")
		short kind;
		@Label("heap")
		short heap;
		@Label("flag")
		short flag;
		@Label("reason")
		short reason;
	}

	/** The same with the stack. */
	@Name("org.heaplens.benchmarks.HeapChangeFrom")
	@Label("Heap change from")
	@StackTrace(true)
	public static class ChangeFrom extends Change {}

	/** A running flight recording. */
	@State(Scope.Thread)
	public static class Flight {
		final Requests requests = new Requests(1, 1);
		final boolean[] live = new boolean[SLOTS];
		long sequence;
		private Recording recording;

		@Setup(Level.Iteration)
		public void open() {
			recording = new Recording();
			recording.enable(Change.class).withoutStackTrace().withoutThreshold();
			recording.enable(ChangeFrom.class).withStackTrace().withoutThreshold();
			recording.start();
		}

		@TearDown(Level.Iteration)
		public void close() {
			recording.close();
		}
	}

	/** As fast as can be: what is done in the background falls behind. */
	@Benchmark
	public void ours(Ours state) {
		append(state);
	}

	@Benchmark
	public void oursInFlight(OursInFlight state) {
		append(state);
	}

	/** An event that makes no block and frees none. */
	@Benchmark
	public void oursInFlightWithoutBlock(OursInFlight state) {
		state.lane.append(EventKind.TIMEOUT, 0, SIZE, SIZE - 96, 0, 2, 0, MisuseReason.NONE, 1, 0, 0);
	}

	/** What the time alone costs. */
	@Benchmark
	public long clock() {
		return System.nanoTime();
	}

	@Benchmark
	public void flightRecorder(Flight state) {
		commit(state, new Change());
	}

	/** A million a second, in bursts: more than programs do, but nothing that falls behind. */
	@Benchmark
	@OperationsPerInvocation(BURST)
	public void oursPaced(Ours state, Pace pace) {
		for (int event = 0; event < BURST; event++) {
			append(state);
		}
		pace.await();
	}

	@Benchmark
	@OperationsPerInvocation(BURST)
	public void flightRecorderPaced(Flight state, Pace pace) {
		for (int event = 0; event < BURST; event++) {
			commit(state, new Change());
		}
		pace.await();
	}

	/** From a stack of as many frames as JMH has below a benchmark: about as many as we keep. */
	@Benchmark
	public void flightRecorderWithStack(Flight state) {
		commit(state, new ChangeFrom());
	}

	private static void append(Ours state) {
		int slot = state.requests.below(SLOTS);
		boolean free = state.live[slot];
		state.live[slot] = !free;
		state.lane.append(free ? EventKind.FREE : EventKind.ALLOCATE, (long) slot * SIZE, SIZE, SIZE - 96, 0, 2, 0, MisuseReason.NONE, 1, 0,
				0);
	}

	private static void commit(Flight state, Change event) {
		int slot = state.requests.below(SLOTS);
		boolean free = state.live[slot];
		state.live[slot] = !free;
		event.sequence = ++state.sequence;
		event.offset = (long) slot * SIZE;
		event.size = SIZE;
		event.requested = SIZE - 96;
		event.kind = (short) (free ? 2 : 1);
		event.flag = 2;
		event.commit();
	}
}
