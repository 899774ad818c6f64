// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.MisuseReason;

/** The events of one heap that a filter wants, one after the other; parts without any are passed over. One thread. */
final class LaneEvents implements AutoCloseable {
	private final HistoryLane lane;
	private final LaneCursor cursor;
	private final EventFilter filter;
	private int part = -1;
	private int next;
	private int count;
	private @Nullable HeapEvent current;

	LaneEvents(HistoryLane lane, LaneCursor cursor, EventFilter filter) {
		this.lane = lane;
		this.cursor = cursor;
		this.filter = filter;
	}

	/** The event that {@link #step} found. */
	HeapEvent current() {
		HeapEvent event = current;
		if (event == null) {
			throw new IllegalStateException("there is no event");
		}
		return event;
	}

	/** Goes to the next event that is wanted; false if there is none. */
	boolean step() throws IOException {
		while (true) {
			while (next < count) {
				HeapEvent event = event(cursor.records(), lane.heap.id(), next++);
				if (event != null && filter.matches(event)) {
					current = event;
					return true;
				}
			}
			if (!nextPart()) {
				return false;
			}
		}
	}

	private boolean nextPart() throws IOException {
		do {
			part++;
		} while (part < lane.parts() && !mayMatch());
		if (part >= lane.parts()) {
			return false;
		}
		cursor.moveTo(Math.max(cursor.begin(), lane.first(part) - 1));
		next = 0;
		count = 0;
		if (cursor.openPart()) {
			cursor.advance(Long.MAX_VALUE, Long.MAX_VALUE);
			count = cursor.applied();
		}
		return true;
	}

	private boolean mayMatch() {
		return lane.lastTime(part) >= filter.firstNanos() && lane.firstTime(part) <= filter.lastNanos()
				&& lane.last(part) >= filter.firstSequence() && lane.first(part) <= filter.lastSequence()
				&& (part >= lane.segments() || filter.kinds().isEmpty() || hasKind(filter.kinds()));
	}

	private boolean hasKind(Set<EventKind> kinds) {
		long madeFreed = lane.get(part, HistoryLane.MADE_FREED);
		long misusedTimedOut = lane.get(part, HistoryLane.MISUSED_TIMED_OUT);
		for (EventKind kind : kinds) {
			boolean absent = switch (kind) {
				// A block that lies outside the heap is not counted, but such an event is damage.
				case ALLOCATE, RECEIVE -> (int) madeFreed == 0;
				case MISUSE -> (int) misusedTimedOut == 0;
				case TIMEOUT -> misusedTimedOut >>> Integer.SIZE == 0;
				default -> false;
			};
			if (!absent) {
				return true;
			}
		}
		return false;
	}

	/** A raw event; null if its kind is one that a later version added. */
	static @Nullable HeapEvent event(ByteBuffer source, int heap, int number) {
		int at = number * TraceLayout.RECORD_SIZE;
		Optional<EventKind> kind = EventKind.of(unsigned(source, at + TraceLayout.AT_KIND));
		if (kind.isEmpty()) {
			return null;
		}
		return new HeapEvent(source.getLong(at + TraceLayout.AT_SEQUENCE), source.getLong(at + TraceLayout.AT_TIME), kind.get(), heap,
				source.getLong(at + TraceLayout.AT_OFFSET), source.getInt(at + TraceLayout.AT_SIZE),
				source.getInt(at + TraceLayout.AT_REQUESTED), source.getLong(at + TraceLayout.AT_ARGUMENT),
				unsigned(source, at + TraceLayout.AT_FLAG), source.getInt(at + TraceLayout.AT_STATUS),
				MisuseReason.of(unsigned(source, at + TraceLayout.AT_REASON)), source.getInt(at + TraceLayout.AT_THREAD),
				source.getInt(at + TraceLayout.AT_STACK), source.getInt(at + TraceLayout.AT_ENGINE));
	}

	private static int unsigned(ByteBuffer source, int at) {
		return Short.toUnsignedInt(source.getShort(at));
	}

	@Override
	public void close() {
		cursor.close();
	}
}
