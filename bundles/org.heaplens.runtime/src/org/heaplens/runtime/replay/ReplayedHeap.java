// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.runtime.replay.ReplayResult.Difference;
import org.heaplens.runtime.replay.ReplayResult.Recorded;
import org.heaplens.runtime.replay.ReplayResult.Site;
import org.heaplens.runtime.replay.VirtualHeap.Outcome;
import org.heaplens.runtime.replay.VirtualHeap.Request;

/** One heap of a {@link Replay}. One thread at a time. */
final class ReplayedHeap {
	/** Longer than any recording: when a request gives up is decided here, not in the virtual heap. */
	private static final long NEVER_MILLIS = Integer.MAX_VALUE;

	private final HeapInfo info;
	private final VirtualHeap heap;
	private final long timeOutMillis;
	/** What the recording has live, by offset. */
	private final Map<Long, ReplayedBlock> blocks = new HashMap<>();
	/** What waits in the recording, in its order. */
	private final List<ReplayedBlock> recordedWaiting = new ArrayList<>();
	/** What waits in the replay. */
	private final Map<Request, ReplayedBlock> waiting = new IdentityHashMap<>();
	/** The same, in the order in which they give up: a heap that is too small has as many as there are requests in a time-out. */
	private final TreeSet<ReplayedBlock> impatient = new TreeSet<>(
			Comparator.comparingLong(ReplayedBlock::deadlineNanos).thenComparingLong(block -> block.number));
	/** What is freed in the recording and lives on in the replay for a while. */
	private final PriorityQueue<ReplayedBlock> dying = new PriorityQueue<>(
			Comparator.comparingLong((ReplayedBlock block) -> block.freeNanos).thenComparingLong(block -> block.number));
	/** What lives to the end because nobody knows how long it would have lived. */
	private final Set<ReplayedBlock> immortal = new HashSet<>();
	private final Lifetimes lifetimes = new Lifetimes();
	private final Map<Integer, Site> sites = new HashMap<>();
	/** What the recording serves with its next block. */
	private @Nullable ReplayedBlock ending;
	private long lastNanos;
	private Difference difference = Difference.NONE;
	private long requests;
	private long waits;
	private long waitNanos;
	private long longestWaitNanos;
	private long timeouts;
	private long skipped;
	private double worstShare;
	private long worstTimeNanos;
	private long recordedWaits;
	private long recordedTimeouts;
	private long recordedLive;
	private long recordedPeak;

	ReplayedHeap(HeapInfo info, long capacity, ReplayPlan plan) {
		this.info = info;
		this.heap = new VirtualHeap(capacity, plan.policy());
		this.timeOutMillis = plan.timeOutMillis();
		if (capacity != info.capacity()) {
			// Another heap: its deadlines are those of virtual time from the beginning.
			difference = new Difference(-1, 0, "the heap has another size");
		}
	}

	void apply(HeapEvent event, long now, boolean skip) {
		switch (event.kind()) {
			case WAIT_BEGIN -> beginWait(event, now);
			case WAIT_END -> ending = take(event);
			case TIMEOUT -> timeOut(event, now);
			case ALLOCATE, RECEIVE -> make(event, now, skip);
			case FREE, AUTO_FREE -> free(event, now);
			default -> {
				return;
			}
		}
		long free = heap.capacity() - heap.used();
		double share = free <= 0 ? 0 : 1 - heap.largestFree() / (double) free;
		if (share > worstShare) {
			worstShare = share;
			worstTimeNanos = now;
		}
	}

	/** Whether a request has found no room: whatever follows, the heap is too small. */
	boolean hasTimedOut() {
		return timeouts > 0;
	}

	/** Whether the block there was not made in this replay. */
	boolean isMissing(long offset) {
		ReplayedBlock block = blocks.get(offset);
		return block != null && block.isMissing();
	}

	private void beginWait(HeapEvent event, long now) {
		recordedWaits++;
		var block = new ReplayedBlock(event, Math.max(0, event.argument()));
		recordedWaiting.add(block);
		request(block, now);
		if (block.isServed()) {
			differ(event, "the recording waits, the replay has room");
		}
	}

	private void timeOut(HeapEvent event, long now) {
		recordedTimeouts++;
		ReplayedBlock block = take(event);
		if (block == null) {
			// It would not wait.
			block = new ReplayedBlock(event, 0);
			request(block, now);
		} else if (block.isWaiting() && follows()) {
			giveUp(block, now);
		}
		if (block.isServed()) {
			differ(event, "the recording times out, the replay has room");
		}
		block.timedOutInRecording = true;
		schedule(block, now);
	}

	private void make(HeapEvent event, long now, boolean skip) {
		ReplayedBlock block = ending;
		ending = null;
		if (block == null || block.requested != event.requested()) {
			block = new ReplayedBlock(event, timeOutMillis);
			if (skip) {
				skipped++;
			} else {
				request(block, now);
			}
		}
		block.madeNanos = now;
		block.recordedSize = event.size();
		if (!skip && !block.isServed()) {
			differ(event, "the recording has a block, the replay has no room");
		} else if (!skip && block.offset() != event.offset()) {
			differ(event, "the recording has a block at " + event.offset() + ", the replay at " + block.offset());
		}
		blocks.put(event.offset(), block);
		recordedLive += event.size();
		recordedPeak = Math.max(recordedPeak, recordedLive);
	}

	private void free(HeapEvent event, long now) {
		ReplayedBlock block = blocks.remove(event.offset());
		if (block == null) {
			return;
		}
		recordedLive -= block.recordedSize;
		block.lifetimeNanos = now - block.madeNanos;
		lifetimes.add(block.stack, block.lifetimeNanos);
		schedule(block, now);
	}

	private void request(ReplayedBlock block, long now) {
		Request request = heap.allocate(now, block.size, block.timeOutMillis > 0 ? NEVER_MILLIS : 0);
		requests++;
		block.number = requests;
		block.request = request;
		block.askedNanos = now;
		block.servedNanos = now;
		if (request.outcome() == Outcome.WAITING) {
			waits++;
			waiting.put(request, block);
			impatient.add(block);
			count(new Site(block.stack, 1, 0, 0, 0));
		} else if (request.outcome() == Outcome.TIMED_OUT) {
			timeouts++;
			count(new Site(block.stack, 0, 1, 0, 0));
		}
	}

	/** Decides when a block goes, once it is there and what the recording says of its end is known. */
	private void schedule(ReplayedBlock block, long now) {
		if (!block.isServed()) {
			return;
		}
		if (block.timedOutInRecording) {
			Optional<Long> life = lifetimes.of(block.stack);
			if (life.isEmpty()) {
				immortal.add(block);
				return;
			}
			block.freeNanos = Math.max(now, block.servedNanos + life.get());
		} else if (block.lifetimeNanos >= 0) {
			long freedNanos = block.madeNanos + block.lifetimeNanos;
			block.freeNanos = Math.max(now, Math.max(freedNanos, block.servedNanos + block.lifetimeNanos));
		} else {
			return;
		}
		if (block.freeNanos <= now) {
			give(block, now);
		} else {
			dying.add(block);
		}
	}

	private void give(ReplayedBlock block, long now) {
		lastNanos = now;
		served(heap.free(now, block.request()), now);
	}

	private void giveUp(ReplayedBlock block, long now) {
		lastNanos = now;
		waiting.remove(block.request());
		impatient.remove(block);
		List<Request> others = heap.giveUp(now, block.request());
		timeouts++;
		waited(block, now, 1);
		served(others, now);
	}

	private void served(List<Request> requests, long now) {
		for (Request request : requests) {
			ReplayedBlock block = waiting.remove(request);
			if (block != null) {
				impatient.remove(block);
				block.servedNanos = now;
				waited(block, now, 0);
				schedule(block, now);
			}
		}
	}

	private void waited(ReplayedBlock block, long now, int timedOut) {
		long nanos = now - block.askedNanos;
		waitNanos += nanos;
		longestWaitNanos = Math.max(longestWaitNanos, nanos);
		count(new Site(block.stack, 0, timedOut, nanos, nanos));
	}

	private void count(Site site) {
		sites.merge(site.stack(), site, Site::plus);
	}

	/** Lets time pass: frees and time-outs that were due since the last event, in the order of time. */
	void catchUp(long now) {
		while (true) {
			ReplayedBlock next = dying.peek();
			ReplayedBlock late = follows() ? null : nextToGiveUp(now);
			if (late != null && (next == null || late.deadlineNanos() <= next.freeNanos)) {
				// Its deadline may have passed while the recording was followed.
				giveUp(late, Math.max(lastNanos, late.deadlineNanos()));
			} else if (next != null && next.freeNanos <= now) {
				dying.remove();
				give(next, next.freeNanos);
			} else {
				lastNanos = now;
				return;
			}
		}
	}

	private @Nullable ReplayedBlock nextToGiveUp(long now) {
		return impatient.isEmpty() || impatient.first().deadlineNanos() > now ? null : impatient.first();
	}

	/** Removes the wait of the recording that this event ends; of several alike the first, as all are served. */
	private @Nullable ReplayedBlock take(HeapEvent event) {
		ReplayedBlock found = null;
		for (ReplayedBlock block : recordedWaiting) {
			if (block.isLike(event) && found == null) {
				found = block;
			}
		}
		recordedWaiting.remove(found);
		return found;
	}

	private boolean follows() {
		return difference == Difference.NONE;
	}

	private void differ(HeapEvent event, String what) {
		if (follows()) {
			difference = new Difference(event.sequence(), event.timeNanos(), what);
		}
	}

	ReplayResult finish(long now) {
		catchUp(now);
		heap.advance(now);
		List<ReplayedBlock> live = new ArrayList<>(blocks.values());
		live.addAll(dying);
		live.addAll(immortal);
		live.removeIf(block -> !block.isServed());
		live.sort(Comparator.comparingLong(ReplayedBlock::offset));
		List<Site> waited = sites.values().stream().sorted(Comparator.comparingLong(Site::timeouts).thenComparingLong(Site::waitNanos)
				.reversed().thenComparingInt(Site::stack)).toList();
		return new ReplayResult(info, heap.capacity(), requests, waits, waitNanos, longestWaitNanos, timeouts, waiting.size(), skipped,
				heap.peak(), worstShare, worstTimeNanos, live.size(), ReplayedBlock.digest(live),
				new Recorded(recordedWaits, recordedTimeouts, recordedPeak), difference, waited);
	}
}
