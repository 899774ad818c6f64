// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;

/** What happened to one heap, in figures. One thread at a time. */
public final class HeapStatistics {
	private final HeapInfo heap;
	private final IntFunction<SiteStatistics> sites;
	private final LiveBlocks blocks;
	private final Timeline timeline = new Timeline();
	private final Quantiles lifetimes = new Quantiles();
	private final Quantiles waitTimes = new Quantiles();
	private final Quantiles transferTimes = new Quantiles();
	private final Map<MisuseReason, Long> misuses = new EnumMap<>(MisuseReason.class);
	private final Map<Long, Long> transfersBegun = new HashMap<>();
	private long allocations;
	private long allocatedBytes;
	private long requestedBytes;
	private long received;
	private long freesByHand;
	private long freesByFramework;
	private long waits;
	private long timeouts;
	private long timeoutsWithRoom;
	private long sent;
	private long sendsFailed;
	private long sentBytes;
	private long events;
	private long missed;
	private long sequence;
	private Peak peak = new Peak(0, 0, 0);
	private WorstFragmentation worst = new WorstFragmentation(0, 0, 0, 0);
	private double fragmentationTime;
	private long firstNanos;
	private long lastNanos;

	/**
	 * An amount and when it was reached.
	 *
	 * @param bytes     how much
	 * @param timeNanos since the trace began
	 * @param sequence  of the event that reached it; 0 if nothing did
	 */
	public record Peak(long bytes, long timeNanos, long sequence) {}

	/**
	 * When the least of what was free could be had by one request.
	 *
	 * @param share       1 - largest hole / free bytes; 0 to 1
	 * @param largestHole in bytes
	 * @param freeBytes   in all holes together
	 * @param timeNanos   since the trace began
	 */
	public record WorstFragmentation(double share, long largestHole, long freeBytes, long timeNanos) {}

	/** @param sites gives the statistics of a stack in this heap */
	HeapStatistics(HeapInfo heap, IntFunction<SiteStatistics> sites) {
		this.heap = heap;
		this.sites = sites;
		this.blocks = new LiveBlocks(heap.capacity());
	}

	void apply(HeapEvent event) {
		if (events++ == 0) {
			firstNanos = event.timeNanos();
		} else {
			fragmentationTime += blocks.fragmentation() * (event.timeNanos() - lastNanos);
		}
		missed += Math.max(0, event.sequence() - sequence - 1);
		sequence = event.sequence();
		lastNanos = event.timeNanos();
		switch (event.kind()) {
			case ALLOCATE, RECEIVE -> make(event);
			case FREE, AUTO_FREE -> remove(event);
			case SEND_BEGIN -> transfersBegun.put(event.argument(), event.timeNanos());
			case SEND_END -> endSend(event);
			case WAIT_BEGIN -> {
				waits++;
				sites.apply(event.stack()).waits++;
			}
			case WAIT_END -> waitTimes.add(event.argument());
			case TIMEOUT -> timeOut(event);
			case MISUSE -> {
				misuses.merge(event.reason(), 1L, Long::sum);
				sites.apply(event.stack()).misuses++;
			}
			case GRAPH_CREATED, GRAPH_DESTROYED, ENGINE_STARTED, ENGINE_STOPPED, PROCESS_ENDED -> {
				// Counted as events, and nothing else.
			}
		}
		double fragmentation = blocks.fragmentation();
		if (fragmentation > worst.share()) {
			worst = new WorstFragmentation(fragmentation, blocks.largestHole(), heap.capacity() - blocks.liveBytes(), event.timeNanos());
		}
		timeline.add(event.timeNanos(), blocks.liveBytes(), fragmentation, event.kind() == EventKind.WAIT_BEGIN,
				event.kind() == EventKind.TIMEOUT);
	}

	private void make(HeapEvent event) {
		if (!blocks.add(event)) {
			return;
		}
		allocations++;
		allocatedBytes += event.size();
		requestedBytes += event.requested();
		received += event.kind() == EventKind.RECEIVE ? 1 : 0;
		sites.apply(event.stack()).made(event.size());
		if (blocks.liveBytes() > peak.bytes()) {
			peak = new Peak(blocks.liveBytes(), event.timeNanos(), event.sequence());
		}
	}

	private void remove(HeapEvent event) {
		HeapEvent made = blocks.remove(event.offset());
		if (made == null) {
			return;
		}
		if (event.kind() == EventKind.FREE) {
			freesByHand++;
		} else {
			freesByFramework++;
		}
		long lifetime = Math.max(0, event.timeNanos() - made.timeNanos());
		lifetimes.add(lifetime);
		sites.apply(made.stack()).gone(made.size(), lifetime);
	}

	private void endSend(HeapEvent event) {
		if (event.size() == 0) {
			sendsFailed++;
		} else {
			sent++;
			sentBytes += event.requested();
		}
		@Nullable
		Long begun = transfersBegun.remove(event.argument());
		if (begun != null) {
			transferTimes.add(event.timeNanos() - begun);
		}
	}

	private void timeOut(HeapEvent event) {
		timeouts++;
		timeoutsWithRoom += heap.capacity() - blocks.liveBytes() >= event.size() ? 1 : 0;
		sites.apply(event.stack()).timeouts++;
	}

	public HeapInfo heap() {
		return heap;
	}

	/** Blocks made, received ones included. */
	public long allocations() {
		return allocations;
	}

	/** Extents of all blocks made. */
	public long allocatedBytes() {
		return allocatedBytes;
	}

	/** What callers asked for in all blocks made. */
	public long requestedBytes() {
		return requestedBytes;
	}

	/** Blocks made for messages that arrived. */
	public long received() {
		return received;
	}

	public long freesByHand() {
		return freesByHand;
	}

	public long freesByFramework() {
		return freesByFramework;
	}

	public long liveBytes() {
		return blocks.liveBytes();
	}

	public int liveBlocks() {
		return blocks.count();
	}

	public Peak peak() {
		return peak;
	}

	/** Of freed blocks, in nanoseconds. */
	public Quantiles lifetimes() {
		return lifetimes;
	}

	/** Requests that found no room at once and waited. */
	public long waits() {
		return waits;
	}

	/** Of requests that were served in the end, in nanoseconds. */
	public Quantiles waitTimes() {
		return waitTimes;
	}

	public long timeouts() {
		return timeouts;
	}

	/** Time-outs of requests for which there was room, but in pieces. */
	public long timeoutsWithRoom() {
		return timeoutsWithRoom;
	}

	public Map<MisuseReason, Long> misuses() {
		return misuses;
	}

	public long misuseCount() {
		return misuses.values().stream().mapToLong(Long::longValue).sum();
	}

	/** Blocks that arrived on the other side. */
	public long sent() {
		return sent;
	}

	public long sendsFailed() {
		return sendsFailed;
	}

	public long sentBytes() {
		return sentBytes;
	}

	/** From begin to end of a transfer, in nanoseconds. */
	public Quantiles transferTimes() {
		return transferTimes;
	}

	public WorstFragmentation worstFragmentation() {
		return worst;
	}

	/** Over the time between the heap's first and last event; 0 to 1. */
	public double meanFragmentation() {
		return lastNanos > firstNanos ? fragmentationTime / (lastNanos - firstNanos) : blocks.fragmentation();
	}

	/** At the end; 0 to 1. */
	public double fragmentation() {
		return blocks.fragmentation();
	}

	public long largestHole() {
		return blocks.largestHole();
	}

	public long events() {
		return events;
	}

	/** Events that should be in the recording and are not. */
	public long missed() {
		return missed;
	}

	/** Between the first and the last event; 0 if there is no time between them. */
	public double eventsPerSecond() {
		return lastNanos > firstNanos ? events * 1e9 / (lastNanos - firstNanos) : 0;
	}

	/** Of the last event, since the trace began. */
	public long lastNanos() {
		return lastNanos;
	}

	public Timeline timeline() {
		return timeline;
	}
}
