// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.SmallestHeaps;
import org.heaplens.cli.analysis.SmallestHeaps.Smallest;
import org.heaplens.cli.text.Table;
import org.heaplens.cli.text.Units;
import org.heaplens.model.HeapInfo;
import org.heaplens.runtime.replay.Policy;
import org.heaplens.runtime.replay.Replay;
import org.heaplens.runtime.replay.ReplayPlan;
import org.heaplens.runtime.replay.ReplayResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens replay}: the requests of a recording on other heaps. */
@Command(name = "replay", description = "Make the requests of a recording again, on heaps of another size or policy, in virtual time: would it have fitted, and who would have waited? Exit code 0: everything found room, 1: some requests did not, 2: could not run.", mixinStandardHelpOptions = true, footer = {
	"",
	"What is assumed:",
	"- A request comes when it came; one that waited came when its wait began.",
	"- A block lives as long as it lived. One that is handed out later is freed as much later; one that is handed out earlier is freed when it was.",
	"- A request that timed out and now finds room lives as long as blocks of its site do on average.",
	"- A request that now finds no room makes no block; what would have been sent in it does not arrive.",
	"- Who waited may wait as long as he would have; others may wait as long as --timeout says.",
	"- What a program would have done otherwise, had it waited more or less, is not known; its threads do not move.",
	"With the policy and the sizes of the recording, a replay gives the same offsets; it says so, or where it does not."})
final class ReplayCommand implements Callable<Integer> {
	private static final int SITES_SHOWN = 10;

	/** How the answer is written. */
	enum Format {
		text, json
	}

	@Parameters(paramLabel = "FILE", description = "A recording, *.heaptrace.")
	private Path file = Path.of("");

	@Option(names = "--policy", paramLabel = "POLICY", description = "How heaps choose places: tlsf (the default), tlsf8, best-fit, first-fit or buddy.")
	private String policy = Policy.TLSF.id();

	@Option(names = "--heap", paramLabel = "HEAP=SIZE", description = "The size of a heap: device0=4G. Heaps that are not named are as large as they were.")
	private List<String> sizes = new ArrayList<>();

	@Option(names = "--timeout", paramLabel = "TIME", description = "How long a request may wait that did not have to (default: 500ms, as the API).")
	private String timeOut = ReplayPlan.USUAL_TIME_OUT_MILLIS + "ms";

	@Option(names = "--smallest", description = "Find the least size of each heap, in whole MiB, at which no request times out.")
	private boolean smallest;

	@Option(names = "--format", paramLabel = "text|json", description = "text (the default) or JSON.")
	private Format format = Format.text;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() {
		Policy chosen = chosen();
		long timeOutMillis = Options.duration(spec, "--timeout", timeOut) / 1_000_000;
		if (smallest && !sizes.isEmpty()) {
			throw new ParameterException(spec.commandLine(), "--smallest finds the sizes; --heap would set them");
		}
		return Traces.read(file, recording -> {
			if (smallest) {
				return findSmallest(recording, chosen, timeOutMillis);
			}
			return replay(recording, new ReplayPlan(chosen, capacities(recording), timeOutMillis, false));
		});
	}

	private Policy chosen() {
		try {
			return Policy.of(policy);
		} catch (IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), "--policy: " + e.getMessage());
		}
	}

	private Map<Integer, Long> capacities(Recording recording) {
		Map<Integer, Long> capacities = new HashMap<>();
		for (String size : sizes) {
			int equals = size.indexOf('=');
			if (equals < 0) {
				throw new ParameterException(spec.commandLine(), "--heap: '" + size + "' names no heap and size; write device0=4G");
			}
			HeapInfo heap = Traces.heap(recording.heaps(), size.substring(0, equals));
			long bytes = Options.bytes(spec, "--heap", size.substring(equals + 1));
			if (bytes < SmallestHeaps.LEAST || bytes > SmallestHeaps.MOST) {
				throw new ParameterException(spec.commandLine(), "--heap: '" + size + "' is out of range; a heap has "
						+ Units.bytes(SmallestHeaps.LEAST) + " to " + Units.bytes(SmallestHeaps.MOST));
			}
			capacities.put(heap.id(), bytes);
		}
		return capacities;
	}

	/** A replay begins with an empty heap; without the events that filled it, it would answer wrongly. */
	private static void requireWhole(Recording recording) {
		if (recording.overwritten() > 0) {
			throw new CannotRun("cannot replay " + recording.file() + ": it is of a flight recorder, which has overwritten its first "
					+ Units.count(recording.overwritten(), "event") + "; record with recording.mode=all");
		}
	}

	private int replay(Recording recording, ReplayPlan plan) throws IOException {
		requireWhole(recording);
		var progress = new Progress(spec.commandLine().getErr());
		var replay = new Replay(recording.heaps(), plan);
		long[] count = new long[1];
		recording.events(event -> {
			replay.apply(event);
			progress.at(++count[0]);
			return true;
		});
		List<ReplayResult> results = replay.finish();
		progress.end();
		warn(recording);
		PrintWriter out = spec.commandLine().getOut();
		if (format == Format.json) {
			ReplayJson.write(out, recording, plan, results);
		} else {
			for (ReplayResult result : results) {
				ReplayText.heap(out, result);
			}
			sites(out, recording, results);
		}
		out.flush();
		boolean fits = results.stream().allMatch(ReplayResult::fits);
		spec.commandLine().getErr().println("heaplens: " + (fits
				? "everything finds room"
				: Units.count(results.stream().mapToLong(ReplayResult::refused).sum(), "request") + " without room"));
		return fits ? Main.FINE : Main.FOUND;
	}

	private void warn(Recording recording) throws IOException {
		if (recording.dropped() > 0) {
			spec.commandLine().getErr().println("heaplens: " + Units.count(recording.dropped(), "event")
					+ " could not be written to the recording; this is about the others");
		}
	}

	private static void sites(PrintWriter out, Recording recording, List<ReplayResult> results) throws IOException {
		var table = new Table("", ">TIME-OUTS", ">WAITS", ">WAITED", ">LONGEST", "HEAP", "SITE");
		for (ReplayResult result : results) {
			for (ReplayResult.Site site : result.sites().subList(0, Math.min(SITES_SHOWN, result.sites().size()))) {
				table.row(Units.count(site.timeouts()), Units.count(site.waits()), Units.duration(site.waitNanos()),
						Units.duration(site.longestWaitNanos()), result.heap().name(), recording.site(site.stack()));
			}
		}
		if (!table.isEmpty()) {
			out.println();
			out.print(table);
		}
	}

	private int findSmallest(Recording recording, Policy chosen, long timeOutMillis) throws IOException {
		requireWhole(recording);
		List<Smallest> found = SmallestHeaps.find(recording, chosen, timeOutMillis);
		warn(recording);
		PrintWriter out = spec.commandLine().getOut();
		if (format == Format.json) {
			ReplayJson.write(out, recording, chosen, found);
		} else {
			var table = new Table("", "HEAP", ">SMALLEST", ">RECORDED", ">PEAK", ">WAITS", ">LONGEST");
			for (Smallest one : found) {
				table.row(one.heap().name(), one.bytes() == 0 ? "none" : Units.bytes(one.bytes()), Units.bytes(one.heap().capacity()),
						Units.bytes(one.peakBytes()), Units.count(one.waits()), Units.duration(one.longestWaitNanos()));
			}
			out.print(table);
		}
		out.flush();
		boolean all = found.stream().allMatch(one -> one.bytes() > 0);
		if (!all) {
			spec.commandLine().getErr().println("heaplens: no size up to " + Units.bytes(SmallestHeaps.MOST) + " has room for everything");
		}
		return all ? Main.FINE : Main.FOUND;
	}
}
