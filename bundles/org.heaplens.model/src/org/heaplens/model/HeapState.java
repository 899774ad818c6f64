// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

import java.util.List;
import java.util.Map;
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
		private final TreeMap<Long, Block> blocks = new TreeMap<>();
		private HeapSnapshot latest;
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
			this.latest = HeapSnapshot.empty(info);
		}

		void apply(HeapEvent event) {
			missed += Math.max(0, event.sequence() - sequence - 1);
			sequence = event.sequence();
			switch (event.kind()) {
				case ALLOCATE, RECEIVE -> make(event);
				case FREE, AUTO_FREE -> remove(event.offset());
				case SEND_BEGIN -> blocks.computeIfPresent(event.offset(), (offset, block) -> block.in(BlockState.SENDING));
				case SEND_END -> blocks.computeIfPresent(event.offset(), (offset, block) -> block.in(stateAfterSend(event)));
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
			var extent = new Extent(event.offset(), event.size());
			forgetOverlaps(extent);
			BlockFlag flag = BlockFlag.of(event.flag()).orElse(BlockFlag.MANUAL_FREE);
			blocks.put(extent.offset(), new Block(info.id(), extent, event.requested(), flag, BlockState.LIVE, event.sequence(),
					event.timeNanos(), event.thread(), event.stack(), event.engine()));
			liveBytes += extent.size();
			peakBytes = Math.max(peakBytes, liveBytes);
			allocations++;
		}

		/** What lies where a new block comes to be was freed by an event that is missing. */
		private void forgetOverlaps(Extent extent) {
			Map.Entry<Long, Block> below = blocks.lowerEntry(extent.end());
			while (below != null && below.getValue().extent().end() > extent.offset()) {
				blocks.remove(below.getKey());
				liveBytes -= below.getValue().extent().size();
				below = blocks.lowerEntry(extent.end());
			}
		}

		private void remove(long offset) {
			Block block = blocks.remove(offset);
			if (block != null) {
				liveBytes -= block.extent().size();
				frees++;
			}
		}

		private void end() {
			ended = true;
			blocks.replaceAll((offset, block) -> block.in(BlockState.LEAKED));
		}

		HeapSnapshot snapshot() {
			if (latest.sequence() != sequence) {
				var totals = new HeapTotals(liveBytes, peakBytes, allocations, frees, misuses, timeouts, missed, sequence, ended);
				latest = new HeapSnapshot(info, blocks.values().toArray(new Block[0]), totals);
			}
			return latest;
		}
	}
}
