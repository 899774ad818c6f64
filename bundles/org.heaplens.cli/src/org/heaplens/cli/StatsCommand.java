// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.heaplens.cli.analysis.HeapStatistics;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.SiteStatistics;
import org.heaplens.cli.analysis.TraceStatistics;
import org.heaplens.cli.text.Table;
import org.heaplens.cli.text.Units;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens trace stats}: what happened, in figures. */
@Command(name = "stats", description = "Say what happened, in figures: per heap, and per place in the program.", mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
	/** How the figures are written. */
	enum Format {
		text, json
	}

	/** What the places with the most of come first. */
	enum Sort {
		bytes(SiteStatistics::bytes), allocations(SiteStatistics::allocations), live(SiteStatistics::liveBytes), peak(
				SiteStatistics::peakBytes),
		waits(SiteStatistics::waits), timeouts(SiteStatistics::timeouts), misuses(SiteStatistics::misuses);

		private final Comparator<SiteStatistics> order;

		Sort(java.util.function.ToLongFunction<SiteStatistics> figure) {
			order = Comparator.comparingLong(figure).reversed();
		}
	}

	@Parameters(paramLabel = "FILE", description = "A recording, *.heaptrace.")
	private Path file = Path.of("");

	@Option(names = "--format", paramLabel = "text|json", description = "text (the default) or JSON.")
	private Format format = Format.text;

	@Option(names = "--sites", paramLabel = "COUNT", description = "How many places to list (default: 20); 0 for none.")
	private int siteLimit = 20;

	@Option(names = "--sort", paramLabel = "FIGURE", description = "Places with the most come first: ${COMPLETION-CANDIDATES} (default: bytes).")
	private Sort sort = Sort.bytes;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() {
		return Traces.read(file, recording -> {
			TraceStatistics statistics = TraceStatistics.of(recording);
			List<SiteStatistics> sites = statistics.sites(sort.order);
			List<SiteStatistics> shown = sites.subList(0, Math.min(sites.size(), Math.max(0, siteLimit)));
			PrintWriter out = spec.commandLine().getOut();
			if (format == Format.json) {
				StatsJson.write(out, recording, statistics, shown);
			} else {
				out.println("process   " + recording.info().pid() + ", " + recording.state().name().toLowerCase(Locale.ROOT) + ", "
						+ Units.duration(statistics.lastNanos()) + " recorded");
				if (recording.dropped() > 0) {
					out.println("dropped   " + Units.count(recording.dropped(), "event") + " could not be written");
				}
				if (recording.overwritten() > 0) {
					out.println("recorder  " + Units.count(recording.overwritten(), "event")
							+ " overwritten by newer ones; what follows counts only those");
				}
				for (HeapStatistics heap : statistics.heaps()) {
					out.println();
					StatsText.heap(out, heap);
				}
				if (!shown.isEmpty()) {
					out.println();
					print(out, recording, statistics, shown, sites.size());
				}
			}
			out.flush();
			return Main.FINE;
		});
	}

	private static void print(PrintWriter out, Recording recording, TraceStatistics statistics, List<SiteStatistics> sites, int all)
			throws IOException {
		var table = new Table("", ">BYTES", ">BLOCKS", ">LIVE", ">PEAK", ">LIFETIME", ">WAITS", ">TIME-OUTS", ">MISUSES", "HEAP", "SITE");
		for (SiteStatistics site : sites) {
			table.row(Units.bytes(site.bytes()), Units.count(site.allocations()), Units.bytes(site.liveBytes()),
					Units.bytes(site.peakBytes()), site.allocations() == site.liveBlocks() ? "-" : Units.duration(site.lifetimeNanos(50)),
					Units.count(site.waits()), Units.count(site.timeouts()), Units.count(site.misuses()),
					statistics.heap(site.heap()).name(), recording.site(site.stack()));
		}
		out.print(table);
		if (sites.size() < all) {
			out.println("and " + Units.count(all - sites.size(), "site") + " more; --sites " + all + " lists them all");
		}
	}
}
