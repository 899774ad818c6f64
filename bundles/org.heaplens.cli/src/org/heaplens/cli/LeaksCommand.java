// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.LeakReport;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.Recording.Snapshot;
import org.heaplens.cli.text.Table;
import org.heaplens.cli.text.Units;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.StackFrame;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens trace leaks}: the blocks that are left, by the place that made them. */
@Command(name = "leaks", description = "List the blocks that are left at the end, or live at any other moment, by the place that made them; most bytes first.", mixinStandardHelpOptions = true)
final class LeaksCommand implements Callable<Integer> {
	private static final Pattern EVENT = Pattern.compile("(.*)#(\\d+)");

	/** How the list is written. */
	enum Format {
		text, json
	}

	@Parameters(paramLabel = "FILE", description = "A recording, *.heaptrace.")
	private Path file = Path.of("");

	@Option(names = "--format", paramLabel = "text|json", description = "text (the default) or JSON.")
	private Format format = Format.text;

	@Option(names = "--at", paramLabel = "MOMENT", description = "Not the end but a time since the beginning (12.5s, 300ms), or right after an event (#1234, device0#1234).")
	@Nullable
	private String at;

	@Option(names = "--min-age", paramLabel = "TIME", description = "Leave out what is younger: 2s, 300ms.")
	private String minimumAge = "0s";

	@Option(names = "--stacks", description = "Print whole stacks, not only the innermost frames.")
	private boolean stacks;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() {
		long leastAge = Options.duration(spec, "--min-age", minimumAge);
		return Traces.read(file, recording -> {
			Snapshot then = snapshot(recording);
			LeakReport report = LeakReport.of(then.heaps(), then.timeNanos(), leastAge);
			PrintWriter out = spec.commandLine().getOut();
			if (format == Format.json) {
				LeaksJson.write(out, recording, at == null, then, report);
			} else {
				print(out, recording, then, report);
			}
			out.flush();
			return Main.FINE;
		});
	}

	private Snapshot snapshot(Recording recording) throws IOException {
		String moment = at;
		if (moment == null) {
			return recording.atEnd();
		}
		Matcher event = EVENT.matcher(moment.strip());
		if (!event.matches()) {
			return recording.atTime(Options.duration(spec, "--at", moment));
		}
		List<HeapInfo> heaps = recording.heaps();
		if (event.group(1).isEmpty() && heaps.size() > 1) {
			throw new CannotRun("--at " + moment + ": each heap counts its own events; write host" + moment + " or device0" + moment);
		}
		HeapInfo heap = event.group(1).isEmpty() && !heaps.isEmpty() ? heaps.get(0) : Traces.heap(heaps, event.group(1));
		long sequence = Options.number(spec, "--at", event.group(2));
		return recording.atEvent(heap.id(), sequence)
				.orElseThrow(() -> new CannotRun("--at " + moment + ": no such event in " + heap.name()));
	}

	private void print(PrintWriter out, Recording recording, Snapshot then, LeakReport report) throws IOException {
		String what = at == null ? Traces.left(recording.state()) : "live at " + Units.duration(then.timeNanos());
		String age = minimumAge.startsWith("0") ? "" : ", " + minimumAge + " old or older";
		if (report.sites().isEmpty()) {
			out.println("no block is " + what + age);
			return;
		}
		out.println(Units.count(report.blocks(), "block") + ", " + Units.bytes(report.bytes()) + " " + what + age + ", from "
				+ Units.count(report.sites().size(), "site"));
		out.println();
		var table = new Table("", ">BYTES", ">BLOCKS", "HEAP", "FLAG", ">AGE", "THREAD", "ENGINE", "SITE");
		for (LeakReport.Site site : report.sites()) {
			table.row(Units.bytes(site.bytes()), Units.count(site.blocks()), site.heap().name(),
					site.flags().stream().map(Enum::name).collect(Collectors.joining(", ")), age(site),
					Names.some(site.threads(), recording::thread), Names.some(site.engines(), recording::engine),
					recording.site(site.stack()));
			if (stacks) {
				for (StackFrame frame : recording.stack(site.stack())) {
					table.line("      at " + frame);
				}
			}
		}
		out.print(table);
	}

	private static String age(LeakReport.Site site) {
		String oldest = Units.duration(site.oldestNanos());
		String newest = Units.duration(site.newestNanos());
		return oldest.equals(newest) ? oldest : newest + " to " + oldest;
	}
}
