// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.StackFrame;

/** Which events are wanted. Sees every event, so that it knows where blocks come from. One thread at a time. */
public final class Selection {
	private final Recording recording;
	private final Limits limits;
	/** Whether a frame of a stack has the text. */
	private final Map<Integer, Boolean> stacks = new HashMap<>();
	/** The stacks that made the live blocks of each heap, by offset. */
	private final Map<Integer, Map<Long, Integer>> makers = new HashMap<>();

	/**
	 * What is wanted.
	 *
	 * @param heaps     numbers of the heaps; empty for all
	 * @param fromNanos not before this time since the trace began
	 * @param toNanos   not after this time since the trace began
	 * @param kinds     empty for all
	 * @param site      text in a frame of the stack of an event, or of the stack that made its block; empty for all
	 */
	public record Limits(Set<Integer> heaps, long fromNanos, long toNanos, Set<EventKind> kinds, String site) {
		/** Everything. */
		public static final Limits NONE = new Limits(Set.of(), 0, Long.MAX_VALUE, Set.of(), "");
	}

	public Selection(Recording recording, Limits limits) {
		this.recording = recording;
		this.limits = limits;
	}

	/** Whether an event is wanted. To be asked about every event, in the order of time. */
	public boolean wants(HeapEvent event) throws IOException {
		boolean rightSite = limits.site().isEmpty() || isOfSite(event);
		return rightSite && event.timeNanos() >= limits.fromNanos() && event.timeNanos() <= limits.toNanos()
				&& (limits.heaps().isEmpty() || limits.heaps().contains(event.heap()))
				&& (limits.kinds().isEmpty() || limits.kinds().contains(event.kind()));
	}

	/** Whether none of the events to come is wanted. */
	public boolean isOver(HeapEvent event) {
		return event.timeNanos() > limits.toNanos();
	}

	private boolean isOfSite(HeapEvent event) throws IOException {
		Map<Long, Integer> blocks = makers.computeIfAbsent(event.heap(), heap -> new HashMap<>());
		@Nullable
		Integer maker = switch (event.kind()) {
			case ALLOCATE, RECEIVE -> {
				blocks.put(event.offset(), event.stack());
				yield null;
			}
			case FREE, AUTO_FREE -> blocks.remove(event.offset());
			default -> event.size() > 0 ? blocks.get(event.offset()) : null;
		};
		return hasSite(event.stack()) || maker != null && hasSite(maker);
	}

	private boolean hasSite(int stack) throws IOException {
		Boolean known = stacks.get(stack);
		if (known == null) {
			known = false;
			for (StackFrame frame : recording.stack(stack)) {
				known |= frame.toString().contains(limits.site());
			}
			stacks.put(stack, known);
		}
		return known;
	}
}
