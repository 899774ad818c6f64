// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.StackFrame;
import org.heaplens.model.symbols.Symbols;
import org.heaplens.model.trace.EventFilter;
import org.heaplens.model.trace.TraceHistory;
import org.heaplens.model.trace.TraceInfo;
import org.heaplens.model.trace.TraceReport.State;

/** A trace file, for analyses: its events in the order of time, and the names they refer to. One thread at a time. */
public final class Recording implements AutoCloseable {
	private final Path file;
	private final TraceHistory history;
	private final boolean alive;
	private final Symbols symbols = new Symbols();
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

	private Recording(Path file, TraceHistory history) {
		this.file = file;
		this.history = history;
		this.alive = history.info().writerAlive();
	}

	/** @throws IOException if it cannot be read or is no trace; the message says so in one line */
	public static Recording open(Path file) throws IOException {
		return new Recording(file, TraceHistory.open(file));
	}

	public Path file() {
		return file;
	}

	public TraceInfo info() {
		return history.info();
	}

	public List<HeapInfo> heaps() {
		return history.heaps();
	}

	/** What became of the process. */
	public State state() throws IOException {
		return history.ended() ? State.ENDED : alive ? State.RUNNING : State.KILLED;
	}

	/** Events that the writer could not write. */
	public long dropped() {
		return history.dropped();
	}

	/** Events that a flight recorder let go to make room. */
	public long overwritten() {
		return history.overwritten();
	}

	/** The heaps as they are now, or were at the end. */
	public Snapshot atEnd() throws IOException {
		long last = heaps().stream().mapToLong(heap -> history.range(heap.id()).lastNanos()).max().orElse(0);
		return new Snapshot(last, history.atEnd());
	}

	/** The heaps at a time since the trace began; as they are now if it is later. */
	public Snapshot atTime(long nanos) throws IOException {
		return new Snapshot(nanos, history.atTime(nanos));
	}

	/** The heap right after an event, and the others as they were at its time; nothing if there is no such event. */
	public Optional<Snapshot> atEvent(int heap, long sequence) throws IOException {
		var time = new AtomicLong(-1);
		history.events(EventFilter.ALL.ofHeaps(Set.of(heap)).inSequence(sequence, sequence), event -> {
			time.set(event.timeNanos());
			return false;
		});
		if (time.get() < 0) {
			return Optional.empty();
		}
		var heaps = new ArrayList<HeapSnapshot>();
		for (HeapSnapshot then : history.atTime(time.get())) {
			heaps.add(then.heap().id() == heap ? history.at(heap, sequence) : then);
		}
		return Optional.of(new Snapshot(time.get(), heaps));
	}

	/**
	 * Delivers all events that are there now, in the order of time; those of one heap in their order.
	 *
	 * @throws Broken if the recording cannot be read on
	 */
	public void events(EventSink sink) throws IOException {
		var failure = new AtomicReference<@Nullable IOException>();
		try {
			history.events(EventFilter.ALL, event -> {
				try {
					return sink.accept(event);
				} catch (IOException e) {
					failure.set(e);
					return false;
				}
			});
		} catch (IOException e) {
			throw new Broken(e);
		}
		@Nullable
		IOException ofSink = failure.get();
		if (ofSink != null) {
			throw ofSink;
		}
	}

	/** The frames of a stack, innermost first; empty if there is no such stack. */
	public List<StackFrame> stack(int number) throws IOException {
		List<StackFrame> known = stacks.get(number);
		if (known == null) {
			known = symbols.resolve(history.stack(number));
			stacks.put(number, known);
		}
		return known;
	}

	/** Why stacks of machine code have no functions or lines, as far as they were asked for. */
	public List<String> missingSymbols() {
		return symbols.problems();
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
			known = history.thread(number);
			threads.put(number, known);
		}
		return known;
	}

	/** The engine's name; empty if there is no such engine. */
	public String engine(int number) throws IOException {
		Optional<EngineInfo> known = engines.get(number);
		if (known == null) {
			known = history.engine(number);
			engines.put(number, known);
		}
		return known.map(EngineInfo::name).orElse("");
	}

	@Override
	public void close() throws IOException {
		symbols.close();
		history.close();
	}
}
