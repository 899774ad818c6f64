// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.heaplens.model.HeapInfo;

/** What happened in a recording, in figures: per heap, and per heap and site. Made by one pass in memory that grows with what is live. */
public final class TraceStatistics {
	private final Map<Integer, HeapStatistics> heaps = new LinkedHashMap<>();
	private final Map<Long, SiteStatistics> sites = new HashMap<>();

	private TraceStatistics(List<HeapInfo> heaps) {
		for (HeapInfo heap : heaps) {
			this.heaps.put(heap.id(), new HeapStatistics(heap, stack -> site(heap.id(), stack)));
		}
	}

	/** Reads a recording to its present end. */
	public static TraceStatistics of(Recording recording) throws IOException {
		var statistics = new TraceStatistics(recording.heaps());
		recording.events(event -> {
			HeapStatistics heap = statistics.heaps.get(event.heap());
			if (heap != null) {
				heap.apply(event);
			}
			return true;
		});
		return statistics;
	}

	private SiteStatistics site(int heap, int stack) {
		return sites.computeIfAbsent((long) heap << 32 | stack & 0xFFFFFFFFL, key -> new SiteStatistics(heap, stack));
	}

	/** In the order of the trace. */
	public Collection<HeapStatistics> heaps() {
		return heaps.values();
	}

	public HeapInfo heap(int id) {
		return heaps.get(id).heap();
	}

	/** In that order; ties in the order of heaps and stacks, so that it is the same each time. */
	public List<SiteStatistics> sites(Comparator<SiteStatistics> order) {
		return sites.values().stream()
				.sorted(order.thenComparingInt(SiteStatistics::heap).thenComparingInt(SiteStatistics::stack)).toList();
	}

	/** The moment of the last event, since the trace began. */
	public long lastNanos() {
		return heaps.values().stream().mapToLong(HeapStatistics::lastNanos).max().orElse(0);
	}
}
