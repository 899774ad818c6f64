// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.StackFrame;

/**
 * A trace at any event and any time: of a program that runs, has ended, or was killed; whole, or cut anywhere. What it shows is the trace
 * as it was when it was opened or last {@linkplain #refresh refreshed}. Its memory does not grow with the trace but for some hundred bytes
 * for each 4093 events. One thread at a time.
 */
public final class TraceHistory implements AutoCloseable {
	/** A flight recorder that is faster than its reader is tried again so many times. */
	private static final int TRIES = 20;

	private final TraceFile file;
	private final TraceMap map;
	private final TraceInfo info;
	private final Map<Integer, LaneCursor> cursors = new HashMap<>();
	private Map<Integer, FlightBase> bases = Map.of();

	/**
	 * What there is of a heap's events.
	 *
	 * @param firstSequence greater than 1 where a flight recorder let go what was before
	 * @param lastSequence  one less than the first where there is none
	 * @param firstNanos    of the first event, since the trace began
	 * @param lastNanos     of the last event
	 */
	public record Range(long firstSequence, long lastSequence, long firstNanos, long lastNanos) {
		public boolean isEmpty() {
			return lastSequence < firstSequence;
		}
	}

	/**
	 * What happened in a heap in a span of time. Where a span is much shorter than what is summed up in the file, neighbours share.
	 *
	 * @param firstNanos   since the trace began
	 * @param lastNanos    since the trace began
	 * @param leastLive    bytes
	 * @param mostLive     bytes
	 * @param mostWaiting  requests that waited at once
	 * @param allocations  received blocks included
	 * @param frees        by hand or by the framework
	 * @param misuses      wrong uses of the API
	 * @param timeouts     requests that gave up
	 */
	public record Bucket(long firstNanos, long lastNanos, long leastLive, long mostLive, int mostWaiting, long allocations, long frees,
			long misuses, long timeouts) {}

	private TraceHistory(TraceFile file) throws IOException {
		this.file = file;
		this.map = new TraceMap(file);
		this.info = map.header().info();
		this.bases = readBases();
	}

	/**
	 * Opens a trace.
	 *
	 * @throws TraceFormatException if the file is no trace, a damaged one, or was written in another version of the format
	 * @throws IOException          if it cannot be read
	 */
	public static TraceHistory open(Path path) throws IOException {
		var file = new TraceFile(path);
		try {
			return new TraceHistory(file);
		} catch (IOException | RuntimeException e) {
			file.close();
			throw e;
		}
	}

	/** Takes in what was written meanwhile. */
	public void refresh() throws IOException {
		closeCursors();
		map.refresh();
		bases = readBases();
	}

	public TraceInfo info() {
		return info;
	}

	/** In the order in which they were made. */
	public List<HeapInfo> heaps() {
		return map.lanes().values().stream().map(lane -> lane.heap).toList();
	}

	/** Events that the writer could not write. */
	public long dropped() {
		return map.header().dropped();
	}

	/** Events that a flight recorder let go to make room. */
	public long overwritten() {
		return map.header().overwritten();
	}

	/** Whether the process ended in good order. */
	public boolean ended() throws IOException {
		if (map.header().closed()) {
			return true;
		}
		for (HistoryLane lane : map.lanes().values()) {
			LaneCursor cursor = cursor(lane);
			cursor.moveTo(range(lane.heap.id()).lastSequence());
			if (!cursor.ended()) {
				return false;
			}
		}
		return !map.lanes().isEmpty();
	}

	/** What there is of the events of a heap. */
	public Range range(int heap) {
		HistoryLane lane = lane(heap);
		int last = lane.parts() - 1;
		FlightBase base = bases.get(heap);
		long first = base == null ? 1 : base.sequence() + 1;
		return last < 0
				? new Range(first, first - 1, 0, 0)
				: new Range(first, lane.last(last), lane.firstTime(0), lane.lastTime(last));
	}

	/** Events that the trace has of all heaps. */
	public long events() {
		return heaps().stream().map(heap -> range(heap.id())).mapToLong(range -> range.lastSequence() - range.firstSequence() + 1).sum();
	}

	/**
	 * The heap right after an event. Before the first event there is: the heap that it found. After the last: the last.
	 *
	 * @throws TraceFormatException if the file is damaged there
	 */
	public HeapSnapshot at(int heap, long sequence) throws IOException {
		HistoryLane lane = lane(heap);
		return overtaken(() -> {
			Range range = range(heap);
			LaneCursor cursor = cursor(lane);
			cursor.moveTo(Math.max(cursor.begin(), Math.min(range.lastSequence(), sequence)));
			return Snapshots.of(lane.heap, cursor);
		});
	}

	/** All heaps as they were at that moment, nanoseconds since the trace began. */
	public List<HeapSnapshot> atTime(long nanos) throws IOException {
		return overtaken(() -> {
			var result = new ArrayList<HeapSnapshot>();
			for (HistoryLane lane : map.lanes().values()) {
				LaneCursor cursor = cursor(lane);
				cursor.moveToTime(nanos);
				result.add(Snapshots.of(lane.heap, cursor));
			}
			return result;
		});
	}

	/** All heaps as they are, or were, at the end. */
	public List<HeapSnapshot> atEnd() throws IOException {
		return atTime(Long.MAX_VALUE);
	}

	/**
	 * Delivers the events that a filter wants, in the order of time; those of one heap in their order.
	 *
	 * @param sink answers whether to go on
	 * @return whether all were delivered
	 */
	public boolean events(EventFilter filter, Predicate<HeapEvent> sink) throws IOException {
		var text = filter.text().isEmpty() ? null : new TextMatch(filter.text());
		var lanes = new ArrayList<LaneEvents>();
		try {
			for (HistoryLane lane : map.lanes().values()) {
				if (filter.wantsHeap(lane.heap.id())) {
					lanes.add(new LaneEvents(lane, new LaneCursor(file, lane, bases.get(lane.heap.id())), filter));
				}
			}
			Comparator<LaneEvents> byTime = Comparator.comparingLong(lane -> lane.current().timeNanos());
			var order = new PriorityQueue<LaneEvents>(byTime.thenComparing(lane -> lane.current().heap()));
			for (LaneEvents lane : lanes) {
				if (lane.step()) {
					order.add(lane);
				}
			}
			for (LaneEvents first = order.poll(); first != null; first = order.poll()) {
				if ((text == null || text.matches(first.current())) && !sink.test(first.current())) {
					return false;
				}
				if (first.step()) {
					order.add(first);
				}
			}
			return true;
		} finally {
			lanes.forEach(LaneEvents::close);
		}
	}

	/**
	 * Sums up a heap's events from one moment to another, both included, in nanoseconds since the trace began. Where there are many, this
	 * reads what is summed up in the file and no events but those at both ends.
	 *
	 * @param buckets into how many spans; at least 1
	 */
	public List<Bucket> summary(int heap, long fromNanos, long toNanos, int buckets) throws IOException {
		if (buckets < 1 || toNanos < fromNanos) {
			throw new IllegalArgumentException(buckets + " spans from " + fromNanos + " to " + toNanos + " ns");
		}
		HistoryLane lane = lane(heap);
		return overtaken(() -> new Timeline(lane, cursor(lane), fromNanos, toNanos, buckets).read());
	}

	/** The frames of a stack, innermost first; empty if there is no such stack. */
	public List<StackFrame> stack(int number) throws IOException {
		map.dictionary().read();
		return map.dictionary().stack(number);
	}

	/** The name of a thread; empty if there is no such thread. */
	public String thread(int number) throws IOException {
		map.dictionary().read();
		return map.dictionary().thread(number);
	}

	public Optional<EngineInfo> engine(int number) throws IOException {
		map.dictionary().read();
		return map.dictionary().engine(number);
	}

	@Override
	public void close() throws IOException {
		closeCursors();
		file.close();
	}

	private interface Work<T> {
		T run() throws IOException;
	}

	/** Does it again with what is there now, if the writer has used a slot again. */
	private <T> T overtaken(Work<T> work) throws IOException {
		for (int tries = 1;; tries++) {
			try {
				return work.run();
			} catch (LaneCursor.OvertakenException e) {
				if (tries == TRIES) {
					throw e;
				}
				refresh();
			}
		}
	}

	/** Reads what the first events of a flight recording find: the tables first, and then the slots once more. */
	private Map<Integer, FlightBase> readBases() throws IOException {
		if (!map.header().flight()) {
			return Map.of();
		}
		for (int tries = 1;; tries++) {
			try {
				Map<Integer, FlightBase> result = tryReadBases();
				if (result != null) {
					return result;
				}
			} catch (LaneCursor.OvertakenException e) {
				if (tries == TRIES) {
					throw e;
				}
			}
			if (tries == TRIES) {
				throw new LaneCursor.OvertakenException();
			}
		}
	}

	private @Nullable Map<Integer, FlightBase> tryReadBases() throws IOException {
		var known = new HashMap<Integer, Long>();
		var tables = new HashMap<Integer, Map<Long, ByteBuffer>>();
		for (HistoryLane lane : map.lanes().values()) {
			known.put(lane.heap.id(), lane.parts() == 0 ? 0 : lane.last(lane.parts() - 1));
			tables.put(lane.heap.id(), FlightBase.readTable(file, lane));
		}
		map.refresh();
		var result = new LinkedHashMap<Integer, FlightBase>();
		for (HistoryLane lane : map.lanes().values()) {
			long first = lane.parts() == 0 ? 0 : lane.first(0);
			if (first > Math.max(1, known.getOrDefault(lane.heap.id(), 0L))) {
				return null;
			}
			result.put(lane.heap.id(), new FlightBase(file, lane, tables.getOrDefault(lane.heap.id(), Map.of())));
		}
		return result;
	}

	private HistoryLane lane(int heap) {
		HistoryLane lane = map.lanes().get(heap);
		if (lane == null) {
			throw new IllegalArgumentException("the trace has no heap " + heap);
		}
		return lane;
	}

	private LaneCursor cursor(HistoryLane lane) {
		return cursors.computeIfAbsent(lane.heap.id(), heap -> new LaneCursor(file, lane, bases.get(heap)));
	}

	private void closeCursors() {
		cursors.values().forEach(LaneCursor::close);
		cursors.clear();
	}

	/** Which events a text is found in. Stacks and threads are few, so what is known of them is kept. */
	private final class TextMatch {
		private final String text;
		private final Map<Integer, Boolean> stacks = new HashMap<>();
		private final Map<Integer, Boolean> threads = new HashMap<>();

		TextMatch(String text) throws IOException {
			this.text = text;
			map.dictionary().read();
		}

		boolean matches(HeapEvent event) {
			return stacks.computeIfAbsent(event.stack(),
					number -> map.dictionary().stack(number).stream().anyMatch(frame -> frame.toString().contains(text)))
					|| threads.computeIfAbsent(event.thread(), number -> map.dictionary().thread(number).contains(text));
		}
	}
}
