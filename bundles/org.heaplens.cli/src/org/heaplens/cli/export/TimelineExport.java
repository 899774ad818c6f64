// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.LiveBlocks;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.text.Units;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;

/**
 * What trace viewers draw: counters of each heap, blocks as bars from allocation to free, waits as bars of their threads, and marks
 * where something went wrong. The formats differ only in how they write it.
 */
abstract class TimelineExport implements EventExport {
	/** Bars beside each other in one heap; more would not fit a screen, and make viewers slow. */
	static final int LANES = 256;

	final Recording recording;
	private final Map<Integer, Heap> heaps = new HashMap<>();
	/** What threads wait for: bytes, by the thread's number. */
	private final Map<Integer, Deque<Integer>> waits = new HashMap<>();
	private long blocksOmitted;

	/** A heap, and which bars of it are drawn where. */
	static final class Heap {
		final HeapInfo info;
		final LiveBlocks blocks;
		private final BitSet lanesTaken = new BitSet();
		private final Map<Long, Integer> lanes = new HashMap<>();

		Heap(HeapInfo info) {
			this.info = info;
			this.blocks = new LiveBlocks(info.capacity());
		}
	}

	TimelineExport(Recording recording) {
		this.recording = recording;
		for (HeapInfo heap : recording.heaps()) {
			heaps.put(heap.id(), new Heap(heap));
		}
	}

	/** What of a heap changed with this event. */
	abstract void counters(Heap heap, HeapEvent event) throws IOException;

	/** A bar begins in a lane. */
	abstract void beginBlock(Heap heap, int lane, HeapEvent event) throws IOException;

	/** The bar in a lane ends. */
	abstract void endBlock(Heap heap, int lane, HeapEvent made, HeapEvent event) throws IOException;

	/** The block of the bar in a lane is sent. */
	abstract void send(Heap heap, int lane, HeapEvent event) throws IOException;

	abstract void beginWait(Heap heap, HeapEvent event) throws IOException;

	abstract void endWait(Heap heap, HeapEvent event) throws IOException;

	/** Something that takes no time: a misuse, a time-out, a graph or an engine that comes or goes. */
	abstract void mark(Heap heap, HeapEvent event, String text) throws IOException;

	@Override
	public final void add(HeapEvent event, boolean selected) throws IOException {
		Heap heap = heaps.get(event.heap());
		if (heap == null) {
			return;
		}
		switch (event.kind()) {
			case ALLOCATE, RECEIVE -> make(heap, event, selected);
			case FREE, AUTO_FREE -> remove(heap, event, selected);
			case SEND_BEGIN -> {
				@Nullable
				Integer lane = heap.lanes.get(event.offset());
				if (lane != null && selected) {
					send(heap, lane, event);
				}
			}
			case WAIT_BEGIN -> {
				if (selected) {
					waits.computeIfAbsent(event.thread(), thread -> new ArrayDeque<>()).addLast(event.requested());
					beginWait(heap, event);
				}
			}
			case WAIT_END -> endWaiting(heap, event);
			case TIMEOUT -> {
				endWaiting(heap, event);
				if (selected) {
					mark(heap, event, "time-out of " + Units.bytes(event.requested()) + ", largest hole " + Units.bytes(event.argument()));
				}
			}
			case MISUSE -> {
				if (selected) {
					mark(heap, event, "misuse " + event.reason());
				}
			}
			default -> {
				if (selected && event.size() == 0) {
					mark(heap, event, event.kind().name());
				}
			}
		}
	}

	private void make(Heap heap, HeapEvent event, boolean selected) throws IOException {
		if (!heap.blocks.add(event) || !selected) {
			return;
		}
		counters(heap, event);
		int lane = heap.lanesTaken.nextClearBit(0);
		if (lane >= LANES) {
			blocksOmitted++;
			return;
		}
		heap.lanesTaken.set(lane);
		heap.lanes.put(event.offset(), lane);
		beginBlock(heap, lane, event);
	}

	private void remove(Heap heap, HeapEvent event, boolean selected) throws IOException {
		HeapEvent made = heap.blocks.remove(event.offset());
		if (made == null) {
			return;
		}
		@Nullable
		Integer lane = heap.lanes.remove(event.offset());
		if (lane != null) {
			// A bar that was begun is ended, wanted or not: it would seem to go on for ever.
			heap.lanesTaken.clear(lane);
			endBlock(heap, lane, made, event);
		}
		if (selected) {
			counters(heap, event);
		}
	}

	/** Only a wait whose beginning was written has an end; a time-out need not follow a wait. */
	private void endWaiting(Heap heap, HeapEvent event) throws IOException {
		Deque<Integer> open = waits.get(event.thread());
		if (open != null && open.removeLastOccurrence(event.requested())) {
			endWait(heap, event);
		}
	}

	@Override
	public String omitted() {
		return blocksOmitted == 0
				? ""
				: Units.count(blocksOmitted, "block") + " beyond " + LANES + " at a time in a heap have no bar; counters count them";
	}
}
