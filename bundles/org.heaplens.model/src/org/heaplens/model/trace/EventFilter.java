// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.Set;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;

/**
 * Which events of a trace are wanted: those that meet all of this. Immutable.
 *
 * @param heaps         numbers of heaps; empty for all
 * @param kinds         empty for all
 * @param firstNanos    since the trace began
 * @param lastNanos     since the trace began; an event of that moment is wanted
 * @param firstSequence of its heap
 * @param lastSequence  of its heap; that event is wanted
 * @param thread        number in the dictionary; 0 for all
 * @param leastSize     bytes of the extent
 * @param mostSize      bytes of the extent
 * @param text          a part of a frame of the stack as it is shown, or of the thread's name; empty for all
 */
public record EventFilter(Set<Integer> heaps, Set<EventKind> kinds, long firstNanos, long lastNanos, long firstSequence, long lastSequence,
		int thread, int leastSize, int mostSize, String text) {
	/** Every event. */
	public static final EventFilter ALL = new EventFilter(Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, 1, Long.MAX_VALUE, 0, 0,
			Integer.MAX_VALUE, "");

	public EventFilter {
		heaps = Set.copyOf(heaps);
		kinds = Set.copyOf(kinds);
	}

	public EventFilter ofHeaps(Set<Integer> wanted) {
		return new EventFilter(wanted, kinds, firstNanos, lastNanos, firstSequence, lastSequence, thread, leastSize, mostSize, text);
	}

	public EventFilter ofKinds(Set<EventKind> wanted) {
		return new EventFilter(heaps, wanted, firstNanos, lastNanos, firstSequence, lastSequence, thread, leastSize, mostSize, text);
	}

	/** Both moments are in it; nanoseconds since the trace began. */
	public EventFilter between(long first, long last) {
		return new EventFilter(heaps, kinds, first, last, firstSequence, lastSequence, thread, leastSize, mostSize, text);
	}

	/** Both events are in it. */
	public EventFilter inSequence(long first, long last) {
		return new EventFilter(heaps, kinds, firstNanos, lastNanos, first, last, thread, leastSize, mostSize, text);
	}

	public EventFilter ofThread(int number) {
		return new EventFilter(heaps, kinds, firstNanos, lastNanos, firstSequence, lastSequence, number, leastSize, mostSize, text);
	}

	/** Both sizes are in it; bytes. */
	public EventFilter ofSizes(int least, int most) {
		return new EventFilter(heaps, kinds, firstNanos, lastNanos, firstSequence, lastSequence, thread, least, most, text);
	}

	public EventFilter ofText(String part) {
		return new EventFilter(heaps, kinds, firstNanos, lastNanos, firstSequence, lastSequence, thread, leastSize, mostSize, part);
	}

	/** Whether the heap's events are wanted at all. */
	boolean wantsHeap(int heap) {
		return heaps.isEmpty() || heaps.contains(heap);
	}

	/** All but the text, for which the dictionary is needed. */
	boolean matches(HeapEvent event) {
		return event.timeNanos() >= firstNanos && event.timeNanos() <= lastNanos && event.sequence() >= firstSequence
				&& event.sequence() <= lastSequence && (kinds.isEmpty() || kinds.contains(event.kind()))
				&& (thread == 0 || thread == event.thread()) && event.size() >= leastSize && event.size() <= mostSize
				&& wantsHeap(event.heap());
	}
}
