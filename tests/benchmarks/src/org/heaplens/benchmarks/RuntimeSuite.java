// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.heaplens.runtime.replay.Policy;

/** Everything that has a bar in the runtime and the trace. */
final class RuntimeSuite {
	static final String NOTES = """
			Nanoseconds are processor time of the thread that calls, median of all iterations of all forks (smallest..largest): a machine that is
			shared with others adds to wall time what is theirs. Wall time and the processor time of the whole process are in the list below.
			Peers run in the same run: VMA is AMD's VulkanMemoryAllocator 3 with its default strategy, called through JNI by LWJGL; JFR is the
			flight recorder of this JDK with an event of the same fields. A recorded event is the difference of a recorded and an unrecorded
			pair of calls, halved.
			""";

	private static final long CAPACITY = 8L << 30;
	private static final double WITHIN_POINTS = 0.2;

	private final boolean quick;
	private final List<Figure> figures = new ArrayList<>();
	private final List<String> details = new ArrayList<>();

	RuntimeSuite(boolean quick) {
		this.quick = quick;
	}

	List<Figure> figures() {
		return List.copyOf(figures);
	}

	/** The figures of JMH in full, for those who want to know where the time goes. */
	List<String> details() {
		return List.copyOf(details);
	}

	void run() throws Exception {
		micro();
		visibility();
		figures.addAll(TraceFigures.measure(quick));
		fragmentation();
	}

	private void micro() throws Exception {
		progress("allocator and events (JMH)");
		Map<String, Micro.Measured> all = Micro.run("(PairBenchmark|EventBenchmark|SiteBenchmark)", quick);
		all.forEach((name, measured) -> details.add(name + ": " + measured.text()));
		for (int blocks : new int[]{1000, 100_000}) {
			int bar = blocks == 1000 ? 90 : 120;
			Sample peer = worker(all, "PairBenchmark.peer " + blocks);
			String live = blocks == 1000 ? "1 k live" : "100 k live";
			figures.add(Figure.of("allocate + free, API, " + live, worker(all, "PairBenchmark.api " + blocks), "ns").atMost(bar)
					.against("VMA", peer));
			figures.add(Figure.of("allocate + free, offsets only, " + live, worker(all, "PairBenchmark.space " + blocks), "ns").atMost(bar)
					.against("VMA", peer));
		}
		Sample flightPaced = worker(all, "EventBenchmark.flightRecorderPaced");
		Sample flightFast = worker(all, "EventBenchmark.flightRecorder");
		figures.add(event("block made or freed, a million a second", all, "oursPaced").against("JFR", flightPaced));
		figures.add(event("block made or freed, full speed", all, "ours").against("JFR", flightFast));
		figures.add(event("block made or freed, flight mode", all, "oursInFlight").against("JFR", flightFast));
		figures.add(event("no block, flight mode", all, "oursInFlightWithoutBlock").against("JFR", flightFast));
		figures.add(Figure.of("of which the clock", worker(all, "EventBenchmark.clock"), "ns"));
		double pair = worker(all, "SiteBenchmark.unrecorded").median();
		Sample flight = worker(all, "EventBenchmark.flightRecorderWithStack");
		figures.add(Figure.of("recorded event, known call site", worker(all, "SiteBenchmark.cached").map(value -> (value - pair) / 2), "ns")
				.atMost(60).against("JFR", flight));
		figures.add(Figure.of("recorded event, new call site", worker(all, "SiteBenchmark.first").map(value -> (value - pair) / 2), "ns")
				.atMost(1500).against("JFR", flight));
	}

	private static Figure event(String what, Map<String, Micro.Measured> all, String method) {
		return Figure.of("event without stack: " + what, worker(all, "EventBenchmark." + method), "ns").atMost(35);
	}

	private static Sample worker(Map<String, Micro.Measured> all, String name) {
		Micro.Measured measured = all.get(name);
		if (measured == null) {
			throw new IllegalStateException(name + " did not run");
		}
		return measured.worker();
	}

	private void visibility() throws Exception {
		progress("time until another process sees an event");
		int events = quick ? 300 : 2000;
		double[] ours = Visibility.ours(events);
		double[] flight = Visibility.flightRecorder(events);
		Arrays.sort(ours);
		Arrays.sort(flight);
		for (int percent : new int[]{50, 99}) {
			figures.add(Figure.of("seen by another process, p" + percent, Sample.exactly(Sample.percentile(ours, percent)), "ms")
					.atMost(percent == 50 ? 17 : 34).against("JFR", Sample.exactly(Sample.percentile(flight, percent))));
		}
	}

	private void fragmentation() {
		progress("usable share of a heap");
		int[] blocks = {2000, 20_000, 200_000};
		int[] seeds = quick ? new int[]{5, 2, 1} : new int[]{20, 5, 2};
		for (int row = 0; row < blocks.length; row++) {
			Sample best = usableShares(Policy.BEST_FIT, blocks[row], seeds[row]);
			for (Policy policy : Policy.values()) {
				Sample share = policy == Policy.BEST_FIT ? best : usableShares(policy, blocks[row], seeds[row]);
				Figure figure = Figure.of("usable share, " + Figure.number(blocks[row]) + " blocks, " + policy.id(), share, "%");
				figures.add(policy == Policy.TLSF
						? figure.atLeast(best.median() - WITHIN_POINTS).against("best-fit", best)
						: figure.against("best-fit", best));
			}
		}
	}

	private static Sample usableShares(Policy policy, int blocks, int seeds) {
		var shares = new double[seeds];
		for (int seed = 0; seed < seeds; seed++) {
			shares[seed] = Fragmentation.usableShare(policy.space(CAPACITY), CAPACITY, blocks, seed + 1);
		}
		return Sample.of(shares);
	}

	private static void progress(String what) {
		System.err.println("heaplens: measuring " + what);
	}
}
