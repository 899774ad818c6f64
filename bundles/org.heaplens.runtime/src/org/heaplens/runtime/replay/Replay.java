// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;

/**
 * The requests of a recording, made again on other heaps in virtual time. One thread at a time; memory grows with what is live.
 *
 * <p>
 * What is assumed:
 * <ul>
 * <li>A request comes when it came. One that waited came when its wait began; one that is served earlier than it was is asked for no
 * earlier.
 * <li>A block lives as long as it lived, and not shorter than to the moment when it was freed: one that is handed out later is freed
 * as much later, one that is handed out earlier lives longer.
 * <li>A request that timed out and now is served has no recorded life; it lives as long as blocks of its site do on average (those of
 * the heap if the site has none, to the end if the heap has none).
 * <li>A request that now times out makes no block: it is neither sent nor freed, and what would have arrived on the other side does not
 * ask for room there.
 * <li>Who waited may wait as long as he would have; who did not may wait as long as {@link ReplayPlan#timeOutMillis()}.
 * </ul>
 * As long as a replay does what the recording says, a request gives up when the recording says so, which is a little after its
 * deadline: so the same policy and the same capacities give the same offsets.
 */
public final class Replay {
	private final Map<Integer, ReplayedHeap> heaps = new LinkedHashMap<>();
	private final Set<Long> notSent = new HashSet<>();
	private final boolean alone;
	private long nowNanos;

	/** @param recorded the heaps of the recording */
	public Replay(List<HeapInfo> recorded, ReplayPlan plan) {
		this.alone = plan.alone();
		for (HeapInfo heap : recorded) {
			long capacity = plan.capacities().getOrDefault(heap.id(), heap.capacity());
			heaps.put(heap.id(), new ReplayedHeap(heap, capacity, plan));
		}
	}

	/** Makes what happened happen again. Events have to come in the order of time, those of a heap in their order. */
	public void apply(HeapEvent event) {
		ReplayedHeap heap = heaps.get(event.heap());
		if (heap == null) {
			return;
		}
		nowNanos = Math.max(nowNanos, event.timeNanos());
		heap.catchUp(nowNanos);
		if (!alone && event.kind() == EventKind.SEND_BEGIN && heap.isMissing(event.offset())) {
			notSent.add(event.argument());
		}
		if (event.kind() == EventKind.SEND_END) {
			notSent.remove(event.argument());
		}
		boolean skipped = event.kind() == EventKind.RECEIVE && notSent.contains(event.argument());
		heap.apply(event, nowNanos, skipped);
	}

	/**
	 * Whether some request has found no room in a heap by now, so that it is too small whatever follows.
	 *
	 * @throws IllegalArgumentException if the recording has no such heap
	 */
	public boolean hasTimedOut(int heap) {
		ReplayedHeap replayed = heaps.get(heap);
		if (replayed == null) {
			throw new IllegalArgumentException("the recording has no heap " + heap);
		}
		return replayed.hasTimedOut();
	}

	/** Ends all heaps at the moment of the last event. */
	public List<ReplayResult> finish() {
		return heaps.values().stream().map(heap -> heap.finish(nowNanos)).toList();
	}
}
