// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.PrintWriter;
import java.util.Locale;

import org.heaplens.cli.text.Units;
import org.heaplens.runtime.replay.ReplayResult;

/** What became of a replayed heap, one kind of figures a line. */
final class ReplayText {
	private ReplayText() {}

	static void heap(PrintWriter out, ReplayResult result) {
		boolean sameSize = result.capacity() == result.heap().capacity();
		line(out, result.heap().name(), Units.bytes(result.capacity()) + (sameSize
				? ", as recorded"
				: ", recorded with "
						+ Units.bytes(result.heap().capacity())));
		line(out, "  requests", Units.count(result.requests())
				+ (result.skipped() > 0 ? ", and " + Units.count(result.skipped()) + " not made, since nothing arrived" : ""));
		line(out, "  time-outs", Units.count(result.timeouts()) + recorded(result.timeouts(), result.recorded().timeouts())
				+ (result.waiting() > 0 ? "; " + Units.count(result.waiting()) + " still waiting at the end" : ""));
		line(out, "  waits", Units.count(result.waits())
				+ (result.waits() > 0
						? ", " + Units.duration(result.waitNanos()) + " in all, longest "
								+ Units.duration(result.longestWaitNanos())
						: "")
				+ recorded(result.waits(), result.recorded().waits()));
		line(out, "  peak", Units.bytes(result.peakBytes())
				+ (result.peakBytes() == result.recorded().peakBytes()
						? ""
						: " (recorded: " + Units.bytes(result.recorded().peakBytes()) + ")"));
		line(out, "  fragments", "worst " + Units.percent(result.worstShare())
				+ (result.worstShare() > 0 ? " at " + Units.duration(result.worstTimeNanos()) : ""));
		line(out, "  at the end", Units.count(result.liveBlocks(), "block") + ", digest " + digest(result.digest()));
		if (result.isExact()) {
			line(out, "  exact", "the same offsets as recorded");
		} else if (sameSize) {
			line(out, "  differs", "since #" + result.difference().sequence() + " at " + Units.duration(result.difference().timeNanos())
					+ ": " + result.difference().what());
		}
	}

	static String digest(long digest) {
		return String.format(Locale.ROOT, "%016x", digest);
	}

	private static String recorded(long now, long then) {
		return now == then ? "" : " (recorded: " + Units.count(then) + ")";
	}

	private static void line(PrintWriter out, String what, String figures) {
		out.println(String.format(Locale.ROOT, "%-13s %s", what, figures));
	}
}
