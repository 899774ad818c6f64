// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.Rule;
import org.heaplens.cli.analysis.Rule.Verdict;
import org.heaplens.cli.analysis.Rules;
import org.heaplens.cli.analysis.TraceStatistics;
import org.heaplens.cli.text.Units;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.trace.TraceReport.State;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens trace check}: holds recordings to rules, for a build. */
@Command(name = "check", description = "Hold recordings to rules, for a build. Exit code 0: all hold, 1: some are violated, 2: could not run.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
	@Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings, *.heaptrace.")
	private List<Path> files = new ArrayList<>();

	@Option(names = "--leaks", paramLabel = "COUNT", description = "At most so many blocks are left at the end.")
	@Nullable
	private String leaks;

	@Option(names = "--peak", paramLabel = "[HEAP=]SIZE", description = "At most so much is live at any time: device0=2G; without a heap in each.")
	private List<String> peaks = new ArrayList<>();

	@Option(names = "--max-live", paramLabel = "[HEAP=]SIZE", description = "At most so much is live at the end.")
	private List<String> lives = new ArrayList<>();

	@Option(names = "--no-timeouts", description = "No request gives up waiting.")
	private boolean noTimeouts;

	@Option(names = "--max-wait", paramLabel = "TIME", description = "No request that is served waits longer: 20ms.")
	@Nullable
	private String longestWait;

	@Option(names = "--max-fragmentation", paramLabel = "SHARE", description = "At no time is more of what is free out of reach for one request: 1 - largest hole / free bytes, 5%%.")
	@Nullable
	private String fragmentation;

	@Option(names = "--no-misuse", description = "The API is used as documented.")
	private boolean noMisuse;

	@Option(names = "--complete", description = "The recording holds every event.")
	private boolean complete;

	@Option(names = "--junit", paramLabel = "REPORT", description = "Write the verdicts as JUnit XML too.")
	@Nullable
	private Path junit;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() {
		Function<Recording, List<Rule>> rules = rules();
		files.forEach(Traces::requireFile);
		Map<Path, List<Verdict>> verdicts = new LinkedHashMap<>();
		for (Path file : files) {
			Traces.read(file, recording -> {
				verdicts.put(file, check(recording, rules.apply(recording)));
				return Main.FINE;
			});
		}
		verdicts.forEach(this::print);
		Path report = junit;
		if (report != null) {
			JUnitReport.write(report, verdicts);
		}
		long all = verdicts.values().stream().mapToLong(List::size).sum();
		long violated = verdicts.values().stream().flatMap(List::stream).filter(verdict -> !verdict.holds()).count();
		PrintWriter err = spec.commandLine().getErr();
		spec.commandLine().getOut().flush();
		err.println("heaplens: " + (violated == 0
				? "all " + Units.count(all, "rule") + (all == 1 ? " holds" : " hold")
				: violated + " of " + Units.count(all, "rule") + (violated == 1 ? " is" : " are") + " violated"));
		return violated == 0 ? Main.FINE : Main.FOUND;
	}

	private List<Verdict> check(Recording recording, List<Rule> rules) throws IOException {
		TraceStatistics statistics = TraceStatistics.of(recording);
		var verdicts = new ArrayList<Verdict>();
		for (Rule rule : rules) {
			verdicts.addAll(rule.check(recording, statistics));
		}
		State state = recording.state();
		if (state != State.ENDED) {
			spec.commandLine().getErr().println("heaplens: " + recording.file() + ": "
					+ (state == State.RUNNING
							? "its program still runs; this is how things are now"
							: "its program was killed; what it had is what is left"));
		}
		if (recording.dropped() > 0) {
			spec.commandLine().getErr().println("heaplens: " + recording.file() + ": " + Units.count(recording.dropped(), "event")
					+ " could not be written; this judges the others");
		}
		return verdicts;
	}

	private void print(Path file, List<Verdict> verdicts) {
		PrintWriter out = spec.commandLine().getOut();
		for (Verdict verdict : verdicts) {
			if (!verdict.holds()) {
				out.println((files.size() > 1 ? file + ": " : "") + "violated: " + verdict.rule() + ": " + verdict.figures());
			}
		}
	}

	/** Reads the options at once, so that a mistake in them is found before a long read; which heaps there are is known later. */
	private Function<Recording, List<Rule>> rules() {
		var rules = new ArrayList<Function<Recording, Rule>>();
		String most = leaks;
		if (most != null) {
			Rule rule = Rules.leaks(Options.number(spec, "--leaks", most));
			rules.add(recording -> rule);
		}
		peaks.forEach(limit -> rules.add(limit("--peak", limit, Rules::peak)));
		lives.forEach(limit -> rules.add(limit("--max-live", limit, Rules::live)));
		if (noTimeouts) {
			rules.add(recording -> Rules.noTimeouts());
		}
		String wait = longestWait;
		if (wait != null) {
			Rule rule = Rules.longestWait(Options.duration(spec, "--max-wait", wait));
			rules.add(recording -> rule);
		}
		String share = fragmentation;
		if (share != null) {
			Rule rule = Rules.fragmentation(Options.share(spec, "--max-fragmentation", share));
			rules.add(recording -> rule);
		}
		if (noMisuse) {
			rules.add(recording -> Rules.noMisuse());
		}
		if (complete) {
			rules.add(recording -> Rules.complete());
		}
		if (rules.isEmpty()) {
			throw new ParameterException(spec.commandLine(), "Nothing to hold " + files.get(0) + " to: give a rule, such as --leaks 0");
		}
		return recording -> rules.stream().map(rule -> rule.apply(recording)).toList();
	}

	/** Makes a rule about heaps. */
	private interface HeapLimit {
		Rule rule(Predicate<HeapInfo> heaps, long most);
	}

	private Function<Recording, Rule> limit(String option, String text, HeapLimit limit) {
		int equals = text.indexOf('=');
		long most = Options.bytes(spec, option, text.substring(equals + 1));
		if (equals < 0) {
			return recording -> limit.rule(heap -> true, most);
		}
		return recording -> {
			HeapInfo meant = Traces.heap(recording.heaps(), text.substring(0, equals));
			return limit.rule(meant::equals, most);
		};
	}
}
