// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.TraceInfo;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.model.trace.TraceReport.State;

/** A trace file, for analyses: its events in the order of time, and the names they refer to. One thread at a time. */
public final class Recording implements AutoCloseable {
	private static final int BATCH = 1 << 12;

	private final Path file;
	private final TraceReader names;
	private final boolean alive;
	private final Map<Integer, List<StackFrame>> stacks = new HashMap<>();
	private final Map<Integer, String> threads = new HashMap<>();
	private final Map<Integer, Optional<EngineInfo>> engines = new HashMap<>();

	/** The recording could not be read: told apart from what goes wrong where its events go to. */
	public static final class Broken extends IOException {
		private static final long serialVersionUID = 1L;
		private final IOException why;

		Broken(IOException why) {
			super(why.getMessage(), why);
			this.why = why;
		}

		public IOException why() {
			return why;
		}
	}

	/** Takes events one by one. */
	@FunctionalInterface
	public interface EventSink {
		/** @return whether to go on */
		boolean accept(HeapEvent event) throws IOException;
	}

	/**
	 * All heaps at one moment.
	 *
	 * @param timeNanos since the trace began; of the last event where the end was asked for
	 * @param heaps     in the order of the trace
	 */
	public record Snapshot(long timeNanos, List<HeapSnapshot> heaps) {}

	private Recording(Path file, TraceReader names) {
		this.file = file;
		this.names = names;
		this.alive = names.info().writerAlive();
	}

	/** @throws IOException if it cannot be read or is no trace; the message says so in one line */
	public static Recording open(Path file) throws IOException {
		return new Recording(file, TraceReader.open(file));
	}

	public Path file() {
		return file;
	}

	public TraceInfo info() {
		return names.info();
	}

	public List<HeapInfo> heaps() {
		return names.heaps();
	}

	/** What became of the process. */
	public State state() throws IOException {
		int delivered = BATCH;
		while (!names.ended() && delivered > 0) {
			delivered = names.poll(event -> {
				// Only whether it comes to an end matters.
			}, BATCH);
		}
		return names.ended() ? State.ENDED : alive ? State.RUNNING : State.KILLED;
	}

	/** Events that the writer could not write. */
	public long dropped() {
		return names.dropped();
	}

	/** The heaps as they are now, or were at the end. */
	public Snapshot atEnd() throws IOException {
		return fold(event -> false, event -> false);
	}

	/** The heaps at a time since the trace began; as they are now if it is later. */
	public Snapshot atTime(long nanos) throws IOException {
		Snapshot then = fold(event -> event.timeNanos() > nanos, event -> false);
		return new Snapshot(nanos, then.heaps());
	}

	/** The heaps right after an event, or nothing if there is no such event. */
	public Optional<Snapshot> atEvent(int heap, long sequence) throws IOException {
		var found = new AtomicBoolean();
		Snapshot then = fold(event -> false, event -> {
			found.set(event.heap() == heap && event.sequence() == sequence);
			return found.get();
		});
		return found.get() ? Optional.of(then) : Optional.empty();
	}

	private Snapshot fold(Predicate<HeapEvent> stopBefore, Predicate<HeapEvent> stopAfter) throws IOException {
		var state = new HeapState();
		heaps().forEach(state::add);
		var last = new AtomicLong();
		events(event -> {
			if (stopBefore.test(event)) {
				return false;
			}
			state.apply(event);
			last.set(event.timeNanos());
			return !stopAfter.test(event);
		});
		return new Snapshot(last.get(), state.snapshots());
	}

	/** Delivers all events that are there now, in the order of time; those of one heap in their order. */
	public void events(EventSink sink) throws IOException {
		var cursors = new ArrayList<Cursor>();
		try {
			for (HeapInfo heap : heaps()) {
				cursors.add(new Cursor(file, heap.id()));
			}
			var order = new PriorityQueue<Cursor>(Comparator.comparingLong(Cursor::time).thenComparingInt(cursor -> cursor.heap));
			for (Cursor cursor : cursors) {
				if (cursor.fill()) {
					order.add(cursor);
				}
			}
			for (Cursor first = order.poll(); first != null; first = order.poll()) {
				if (!sink.accept(first.events.remove())) {
					return;
				}
				if (first.fill()) {
					order.add(first);
				}
			}
		} finally {
			for (Cursor cursor : cursors) {
				cursor.reader.close();
			}
		}
	}

	/** The frames of a stack, innermost first; empty if there is no such stack. */
	public List<StackFrame> stack(int number) throws IOException {
		List<StackFrame> known = stacks.get(number);
		if (known == null) {
			known = names.stack(number);
			stacks.put(number, known);
		}
		return known;
	}

	/** The innermost frame in one line. */
	public String site(int stack) throws IOException {
		List<StackFrame> frames = stack(stack);
		return frames.isEmpty() ? "unknown" : frames.get(0).toString();
	}

	/** Empty if there is no such thread. */
	public String thread(int number) throws IOException {
		String known = threads.get(number);
		if (known == null) {
			known = names.thread(number);
			threads.put(number, known);
		}
		return known;
	}

	/** The engine's name; empty if there is no such engine. */
	public String engine(int number) throws IOException {
		Optional<EngineInfo> known = engines.get(number);
		if (known == null) {
			known = names.engine(number);
			engines.put(number, known);
		}
		return known.map(EngineInfo::name).orElse("");
	}

	@Override
	public void close() throws IOException {
		names.close();
	}

	/** The events of one heap that were read and not delivered yet. */
	private static final class Cursor {
		private final TraceReader reader;
		private final int heap;
		private final Queue<HeapEvent> events = new ArrayDeque<>();

		Cursor(Path file, int heap) throws IOException {
			this.reader = TraceReader.open(file);
			this.heap = heap;
		}

		boolean fill() throws IOException {
			int delivered = 1;
			while (events.isEmpty() && delivered > 0) {
				delivered = poll();
			}
			return !events.isEmpty();
		}

		private int poll() throws Broken {
			try {
				return reader.poll(event -> {
					if (event.heap() == heap) {
						events.add(event);
					}
				}, BATCH);
			} catch (IOException e) {
				throw new Broken(e);
			}
		}

		long time() {
			@Nullable
			HeapEvent next = events.peek();
			return next == null ? Long.MAX_VALUE : next.timeNanos();
		}
	}
}
