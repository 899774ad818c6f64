// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.heaplens.cli.analysis.HeapStatistics;
import org.heaplens.cli.analysis.HeapStatistics.WorstFragmentation;
import org.heaplens.cli.analysis.Quantiles;
import org.heaplens.cli.analysis.Timeline;
import org.heaplens.cli.text.Sparkline;
import org.heaplens.cli.text.Units;

/** The statistics of a heap, one kind of figures a line. */
final class StatsText {
	private StatsText() {}

	static void heap(PrintWriter out, HeapStatistics heap) {
		out.println(String.format(Locale.ROOT, "%-9s %s, %s, %s per second", heap.heap().name(), Units.bytes(heap.heap().capacity()),
				Units.count(heap.events(), "event"), Units.count(Math.round(heap.eventsPerSecond()))));
		if (heap.missed() > 0) {
			line(out, "missing", Units.count(heap.missed(), "event") + " that should be in the recording");
		}
		line(out, "allocated", Units.count(heap.allocations(), "block") + ", " + Units.bytes(heap.allocatedBytes()) + " ("
				+ Units.bytes(heap.allocatedBytes() - heap.requestedBytes()) + " more than asked for)"
				+ (heap.received() > 0 ? ", " + Units.count(heap.received()) + " of them for messages" : ""));
		line(out, "freed", Units.count(heap.freesByHand()) + " by hand, " + Units.count(heap.freesByFramework()) + " by the framework");
		line(out, "live", Units.count(heap.liveBlocks(), "block") + ", " + Units.bytes(heap.liveBytes()) + " at the end; peak "
				+ Units.bytes(heap.peak().bytes())
				+ (heap.peak().sequence() == 0
						? ""
						: " at " + Units.duration(heap.peak().timeNanos()) + " (#" + heap.peak().sequence() + ")"));
		quantiles(out, "lifetime", heap.lifetimes());
		line(out, "waits", Units.count(heap.waits()) + ", " + Units.count(heap.timeouts(), "time-out")
				+ (heap.timeoutsWithRoom() > 0 ? " (" + Units.count(heap.timeoutsWithRoom()) + " with room enough, but in pieces)" : ""));
		quantiles(out, "waited", heap.waitTimes());
		line(out, "misuses", Units.count(heap.misuseCount()) + heap.misuses().entrySet().stream()
				.map(entry -> entry.getKey() + " " + Units.count(entry.getValue())).collect(Collectors.joining(", ", ": ", ""))
				.replaceAll("^: $", ""));
		if (heap.sent() + heap.sendsFailed() > 0) {
			line(out, "sent", Units.count(heap.sent(), "block") + ", " + Units.bytes(heap.sentBytes()) + ", "
					+ Units.count(heap.sendsFailed()) + " failed");
			quantiles(out, "on the way", heap.transferTimes());
		}
		WorstFragmentation worst = heap.worstFragmentation();
		line(out, "fragments",
				Units.percent(heap.meanFragmentation()) + " on average, " + Units.percent(heap.fragmentation()) + " at the end"
						+ (worst.freeBytes() == 0
								? ""
								: "; worst " + Units.percent(worst.share()) + " at " + Units.duration(worst.timeNanos()) + " (largest hole "
										+ Units.bytes(worst.largestHole()) + " of " + Units.bytes(worst.freeBytes()) + " free)"));
		timeline(out, heap);
	}

	private static void timeline(PrintWriter out, HeapStatistics heap) {
		Timeline timeline = heap.timeline();
		if (heap.events() == 0) {
			return;
		}
		String each = ", " + Units.duration(timeline.spanNanos()) + " each";
		bars(out, "live", Arrays.stream(timeline.peakBytes()).asDoubleStream().toArray(), heap.peak().bytes(),
				"up to " + Units.bytes(heap.peak().bytes()) + each);
		bars(out, "fragments", timeline.fragmentation(), heap.worstFragmentation().share(),
				"up to " + Units.percent(heap.worstFragmentation().share()));
		bars(out, "events", timeline.events());
		bars(out, "waits", timeline.waits());
		bars(out, "time-outs", timeline.timeouts());
	}

	private static void bars(PrintWriter out, String what, long[] values) {
		long top = Arrays.stream(values).max().orElse(0);
		bars(out, what, Arrays.stream(values).asDoubleStream().toArray(), top, "up to " + Units.count(top));
	}

	private static void bars(PrintWriter out, String what, double[] values, double top, String legend) {
		if (top > 0) {
			line(out, what, "|" + Sparkline.of(values, top) + "| " + legend);
		}
	}

	private static void quantiles(PrintWriter out, String what, Quantiles times) {
		if (times.count() > 0) {
			line(out, what, "median " + Units.duration(times.percentile(50)) + ", 90% "
					+ Units.duration(times.percentile(90)) + ", 99% " + Units.duration(times.percentile(99))
					+ ", longest " + Units.duration(times.longest()));
		}
	}

	private static void line(PrintWriter out, String what, String figures) {
		out.println(String.format(Locale.ROOT, "  %-11s %s", what, figures));
	}
}
