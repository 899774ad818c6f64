// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The heaps of one process, brought forward event by event. Not thread-safe; its snapshots are.
 *
 * <p>
 * Events of one heap have to come in their order; heaps are independent of each other. An event that does not fit what came before
 * (a free of a block that was never made) changes nothing but the counts: the trace of a program with defects is still a trace.
 */
public final class HeapState {
	private final Map<Integer, OneHeap> heaps = new TreeMap<>();

	/** Makes a heap known; a second time does nothing. */
	public void add(HeapInfo heap) {
		heaps.computeIfAbsent(heap.id(), id -> new OneHeap(heap));
	}

	/**
	 * Sets a heap to what is known of it from elsewhere, when the events that led there are lost; makes it known if it is not. The events
	 * between the last one applied and {@code totals.sequence()} are counted as missed.
	 *
	 * @param blocks must not overlap
	 * @param totals all but {@code missed}, which goes on counting
	 */
	public void restore(HeapInfo heap, List<Block> blocks, HeapTotals totals) {
		add(heap);
		Objects.requireNonNull(heaps.get(heap.id())).restore(blocks, totals);
	}

	/** Brings the event's heap forward. Events of a heap that is not known are ignored. */
	public void apply(HeapEvent event) {
		OneHeap heap = heaps.get(event.heap());
		if (heap != null) {
			heap.apply(event);
		}
	}

	/** The heap as it is now; empty if it is not known. Costs time only if it changed since it was last asked for. */
	public Optional<HeapSnapshot> snapshot(int heap) {
		return Optional.ofNullable(heaps.get(heap)).map(OneHeap::snapshot);
	}

	/** All heaps as they are now, in the order of their numbers. */
	public List<HeapSnapshot> snapshots() {
		return heaps.values().stream().map(OneHeap::snapshot).toList();
	}

	private static final class OneHeap {
		private final HeapInfo info;
		private final LiveSet blocks;
		private HeapSnapshot latest;
		private boolean changed;
		private long liveBytes;
		private long peakBytes;
		private long allocations;
		private long frees;
		private long misuses;
		private long timeouts;
		private long missed;
		private long sequence;
		private boolean ended;

		OneHeap(HeapInfo info) {
			this.info = info;
			this.blocks = new LiveSet(info.id());
			this.latest = HeapSnapshot.empty(info);
		}

		void restore(List<Block> known, HeapTotals totals) {
			changed = true;
			blocks.clear();
			liveBytes = 0;
			for (Block block : known) {
				liveBytes += block.extent().size() - blocks.removeOverlaps(block.extent().offset(), block.extent().end());
				blocks.add(block);
			}
			peakBytes = Math.max(totals.peakBytes(), liveBytes);
			allocations = totals.allocations();
			frees = totals.frees();
			misuses = totals.misuses();
			timeouts = totals.timeouts();
			missed += Math.max(0, totals.sequence() - sequence);
			sequence = totals.sequence();
			ended = totals.ended();
		}

		void apply(HeapEvent event) {
			changed = true;
			missed += Math.max(0, event.sequence() - sequence - 1);
			sequence = event.sequence();
			switch (event.kind()) {
				case ALLOCATE, RECEIVE -> make(event);
				case FREE, AUTO_FREE -> remove(event.offset());
				case SEND_BEGIN -> blocks.state(event.offset(), BlockState.SENDING);
				case SEND_END -> blocks.state(event.offset(), stateAfterSend(event));
				case MISUSE -> misuses++;
				case TIMEOUT -> timeouts++;
				case PROCESS_ENDED -> end();
				case WAIT_BEGIN, WAIT_END, GRAPH_CREATED, GRAPH_DESTROYED, ENGINE_STARTED, ENGINE_STOPPED, PLAIN_PAYLOAD,
						MESSAGES_DROPPED -> {
					// Nothing of this changes which blocks there are.
				}
			}
		}

		/** A transfer that failed leaves the block with its owner. */
		private static BlockState stateAfterSend(HeapEvent event) {
			return event.size() == 0 ? BlockState.LIVE : BlockState.SENT;
		}

		private void make(HeapEvent event) {
			if (event.size() < 1 || event.offset() < 0 || event.offset() > info.capacity() - event.size()) {
				return;
			}
			// What lies where a new block comes to be was freed by an event that is missing.
			liveBytes -= blocks.removeOverlaps(event.offset(), event.offset() + event.size());
			blocks.add(event);
			liveBytes += event.size();
			peakBytes = Math.max(peakBytes, liveBytes);
			allocations++;
		}

		private void remove(long offset) {
			int size = blocks.remove(offset);
			if (size > 0) {
				liveBytes -= size;
				frees++;
			}
		}

		private void end() {
			ended = true;
			blocks.stateOfAll(BlockState.LEAKED);
		}

		HeapSnapshot snapshot() {
			if (changed) {
				var totals = new HeapTotals(liveBytes, peakBytes, allocations, frees, misuses, timeouts, missed, sequence, ended);
				latest = new HeapSnapshot(info, blocks.blocks(), totals);
				changed = false;
			}
			return latest;
		}
	}
}
