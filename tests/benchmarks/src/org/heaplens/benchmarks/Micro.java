// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks that JMH runs: nanoseconds for each operation. */
final class Micro {
	/**
	 * What one benchmark came to, in nanoseconds and bytes for each operation.
	 *
	 * @param wall      by the clock
	 * @param worker    processor time of its thread
	 * @param process   processor time of the whole process
	 * @param allocated bytes on the Java heap
	 */
	record Measured(Sample wall, Sample worker, Sample process, double allocated) {
		String text() {
			return "wall " + Figure.number(wall.median()) + ", thread " + Figure.number(worker.median()) + " ("
					+ Figure.number(worker.least())
					+ ".." + Figure.number(worker.most()) + "), process " + Figure.number(process.median()) + " ns, "
					+ Figure.number(Math.rint(allocated)) + " B allocated";
		}
	}

	private Micro() {}

	/** Runs the benchmarks of which {@code pattern} matches the name; by class and method, and the parameter behind it. */
	static Map<String, Measured> run(String pattern, boolean quick) throws RunnerException {
		var options = new OptionsBuilder().include("org\\.heaplens\\.benchmarks\\." + pattern).forks(quick ? 1 : 3)
				.warmupIterations(quick ? 4 : 8).warmupTime(TimeValue.milliseconds(quick ? 250 : 400)).measurementIterations(quick ? 3 : 5)
				.measurementTime(TimeValue.milliseconds(quick ? 250 : 400)).addProfiler(WorkTime.class).addProfiler(GCProfiler.class)
				.verbosity(VerboseMode.SILENT).shouldFailOnError(true)
				.jvmArgsAppend("-D" + Scratch.PROPERTY + "=" + Scratch.folder(), "-Xms2g", "-Xmx2g", "--enable-native-access=ALL-UNNAMED")
				.build();
		var results = new TreeMap<String, Measured>();
		for (RunResult result : new Runner(options).run()) {
			results.put(name(result), measured(result.getBenchmarkResults()));
		}
		return results;
	}

	private static String name(RunResult result) {
		String whole = result.getParams().getBenchmark();
		String name = whole.substring("org.heaplens.benchmarks.".length());
		Collection<String> keys = result.getParams().getParamsKeys();
		var text = new StringBuilder(name);
		for (String key : keys) {
			text.append(' ').append(result.getParams().getParam(key));
		}
		return text.toString();
	}

	private static Measured measured(Collection<BenchmarkResult> forks) {
		List<Double> wall = new ArrayList<>();
		List<Double> worker = new ArrayList<>();
		List<Double> process = new ArrayList<>();
		List<Double> allocated = new ArrayList<>();
		for (BenchmarkResult fork : forks) {
			for (IterationResult iteration : fork.getIterationResults()) {
				wall.add(iteration.getPrimaryResult().getScore());
				var more = iteration.getSecondaryResults();
				worker.add(more.get(WorkTime.WORKER).getScore());
				process.add(more.get(WorkTime.PROCESS).getScore());
				var bytes = more.get("gc.alloc.rate.norm");
				allocated.add(bytes == null ? 0 : bytes.getScore());
			}
		}
		return new Measured(sample(wall), sample(worker), sample(process), sample(allocated).median());
	}

	private static Sample sample(List<Double> values) {
		return Sample.of(values.stream().mapToDouble(Double::doubleValue).toArray());
	}
}
