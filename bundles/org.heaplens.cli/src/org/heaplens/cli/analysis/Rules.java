// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.heaplens.cli.analysis.HeapStatistics.WorstFragmentation;
import org.heaplens.cli.analysis.Rule.Verdict;
import org.heaplens.cli.text.Units;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;

/** The rules there are. Sizes in bytes, times in nanoseconds. */
public final class Rules {
	/** As many sites as fit a line. */
	private static final int SITES_NAMED = 3;

	private Rules() {}

	/** Writes a figure of a site. */
	private interface Figure {
		String of(SiteStatistics site);
	}

	/** At most so many blocks are left at the end. */
	public static Rule leaks(long most) {
		return (recording, statistics) -> {
			long blocks = statistics.heaps().stream().mapToLong(HeapStatistics::liveBlocks).sum();
			long bytes = statistics.heaps().stream().mapToLong(HeapStatistics::liveBytes).sum();
			String figures = Units.count(blocks, "block") + " left (" + Units.bytes(bytes) + "), " + Units.count(most) + " allowed";
			return List.of(verdict("leaks", blocks <= most, figures, recording, statistics, SiteStatistics::liveBytes,
					site -> Units.bytes(site.liveBytes()) + " in " + Units.count(site.liveBlocks(), "block"), heap -> true));
		};
	}

	/** So many bytes are live at any time at most, in the heaps that are meant. */
	public static Rule peak(Predicate<HeapInfo> heaps, long most) {
		return (recording, statistics) -> forEach(heaps, statistics, heap -> {
			String figures = Units.bytes(heap.peak().bytes()) + " at " + Units.duration(heap.peak().timeNanos()) + ", " + Units.bytes(most)
					+ " allowed";
			return verdict("peak of " + heap.heap().name(), heap.peak().bytes() <= most, figures, recording, statistics,
					SiteStatistics::peakBytes, site -> "up to " + Units.bytes(site.peakBytes()), heap.heap()::equals);
		});
	}

	/** So many bytes are live at the end at most, in the heaps that are meant. */
	public static Rule live(Predicate<HeapInfo> heaps, long most) {
		return (recording, statistics) -> forEach(heaps, statistics, heap -> {
			String figures = Units.bytes(heap.liveBytes()) + " at the end, " + Units.bytes(most) + " allowed";
			return verdict("live on " + heap.heap().name(), heap.liveBytes() <= most, figures, recording, statistics,
					SiteStatistics::liveBytes, site -> Units.bytes(site.liveBytes()), heap.heap()::equals);
		});
	}

	/** No request gives up waiting. */
	public static Rule noTimeouts() {
		return (recording, statistics) -> {
			long timeouts = statistics.heaps().stream().mapToLong(HeapStatistics::timeouts).sum();
			long pieces = statistics.heaps().stream().mapToLong(HeapStatistics::timeoutsWithRoom).sum();
			String figures = Units.count(timeouts, "time-out")
					+ (pieces > 0 ? ", " + Units.count(pieces) + " with room enough, but in pieces" : "");
			return List.of(verdict("no time-outs", timeouts == 0, figures, recording, statistics, SiteStatistics::timeouts,
					site -> Units.count(site.timeouts()), heap -> true));
		};
	}

	/** No request that is served waits longer. */
	public static Rule longestWait(long mostNanos) {
		return (recording, statistics) -> forEach(heap -> true, statistics, heap -> {
			Quantiles waited = heap.waitTimes();
			long longest = waited.count() == 0 ? 0 : waited.longest();
			String figures = longest == 0
					? "nobody waited"
					: "up to " + Units.duration(longest) + ", " + Units.count(heap.waits(), "wait") + ", " + Units.duration(mostNanos)
							+ " allowed";
			return verdict("longest wait on " + heap.heap().name(), longest <= mostNanos, figures, recording, statistics,
					SiteStatistics::waits, site -> Units.count(site.waits()), heap.heap()::equals);
		});
	}

	/** At no time is more of what is free out of reach for one request. */
	public static Rule fragmentation(double most) {
		return (recording, statistics) -> forEach(heap -> true, statistics, heap -> {
			WorstFragmentation worst = heap.worstFragmentation();
			String figures = Units.percent(worst.share()) + " at " + Units.duration(worst.timeNanos()) + " (largest hole "
					+ Units.bytes(worst.largestHole()) + " of " + Units.bytes(worst.freeBytes()) + " free), " + Units.percent(most)
					+ " allowed";
			return new Verdict("fragmentation of " + heap.heap().name(), worst.share() <= most,
					worst.freeBytes() == 0 ? "none" : figures);
		});
	}

	/** The API is used as documented. */
	public static Rule noMisuse() {
		return (recording, statistics) -> {
			Map<MisuseReason, Long> reasons = statistics.heaps().stream().flatMap(heap -> heap.misuses().entrySet().stream())
					.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, java.util.TreeMap::new));
			long misuses = reasons.values().stream().mapToLong(Long::longValue).sum();
			String figures = Units.count(misuses, "misuse") + reasons.entrySet().stream()
					.map(reason -> ", " + reason.getKey() + " " + Units.count(reason.getValue())).collect(Collectors.joining());
			return List.of(verdict("no misuse", misuses == 0, figures, recording, statistics, SiteStatistics::misuses,
					site -> Units.count(site.misuses()), heap -> true));
		};
	}

	/** The recording holds every event. */
	public static Rule complete() {
		return (recording, statistics) -> {
			long missed = statistics.heaps().stream().mapToLong(HeapStatistics::missed).sum();
			long dropped = recording.dropped();
			return List.of(new Verdict("complete", missed + dropped == 0,
					Units.count(dropped, "event") + " could not be written, " + Units.count(missed) + " missing"));
		};
	}

	/** Judges one heap. */
	private interface HeapRule {
		Verdict check(HeapStatistics heap) throws IOException;
	}

	private static List<Verdict> forEach(Predicate<HeapInfo> heaps, TraceStatistics statistics, HeapRule rule) throws IOException {
		var verdicts = new ArrayList<Verdict>();
		Collection<HeapStatistics> all = statistics.heaps();
		for (HeapStatistics heap : all) {
			if (heaps.test(heap.heap())) {
				verdicts.add(rule.check(heap));
			}
		}
		return verdicts;
	}

	private static Verdict verdict(String rule, boolean holds, String figures, Recording recording, TraceStatistics statistics,
			ToLongFunction<SiteStatistics> order, Figure figure, Predicate<HeapInfo> heaps) throws IOException {
		if (holds) {
			return new Verdict(rule, true, figures);
		}
		var named = new ArrayList<String>();
		for (SiteStatistics site : statistics.sites(comparingLong(order).reversed())) {
			if (named.size() < SITES_NAMED && order.applyAsLong(site) > 0 && heaps.test(statistics.heap(site.heap()))) {
				named.add(recording.site(site.stack()) + " (" + figure.of(site) + ")");
			}
		}
		return new Verdict(rule, false, figures + (named.isEmpty() ? "" : "; worst: " + String.join(", ", named)));
	}
}
