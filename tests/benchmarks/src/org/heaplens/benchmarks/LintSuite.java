// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that has a bar in the linter. */
final class LintSuite {
	static final String NOTES = """
			Sources are made up: helpers, fields, collections and calls across files, one method in forty with a leak. Throughput is wall time of `heaplens lint`
			in a JVM of its own, from its start to its end. The peer is the Eclipse compiler with its own analysis of resource leaks, on the same files. An
			edit is a look at the syntax tree of a changed text, as the editor asks for one, bindings included, without the time to make the tree.
			""";
	private static final int RUNS = 3;
	private static final Pattern HIGHEST = Pattern.compile("VmHWM:\\s+(\\d+) kB");

	private final Path home = Path.of(System.getProperty(Document.HOME, ""));
	private final List<Figure> figures = new ArrayList<>();

	/** What a process took. */
	private record Taken(double seconds, double mebibytes) {}

	List<Figure> run() throws IOException, InterruptedException {
		Path folder = Scratch.fresh();
		System.err.println("heaplens: making sources");
		Path silent = Files.createDirectory(folder.resolve("silent"));
		int silentLines = LintInputs.fill(silent, 500_000, 0);
		Path mixed = Files.createDirectory(folder.resolve("mixed"));
		int mixedLines = LintInputs.fill(mixed, 500_000, 0.01);
		Path blocks = Files.createDirectory(folder.resolve("blocks"));
		int blocksLines = LintInputs.fill(blocks, 30_000, 1);
		Path large = Files.createDirectory(folder.resolve("large"));
		LintInputs.fill(large, 1_000_000, 0.05);
		Path small = Files.createDirectory(folder.resolve("small"));
		LintInputs.fill(small, 1, 1);
		System.err.println("heaplens: measuring the linter");
		lint(small); // builds what is to be built
		throughput("files that cannot matter", silentLines, samples(silent, RUNS)).ifBar(200);
		throughput("500 k lines, 1 % of the files with blocks", mixedLines, samples(mixed, RUNS)).ifBar(0);
		Sample peer = rate(blocksLines, compiler(blocks));
		Sample ours = rate(blocksLines, samples(blocks, RUNS).stream().mapToDouble(Taken::seconds).toArray());
		figures.add(Figure.of("analysed files", ours, "k lines/s").atLeast(30).against("ecj", peer));
		figures.add(Figure.of("peak memory, 1 M lines, 5 % of the files with blocks",
				Sample.exactly(lint(large).mebibytes()), "MiB").atMost(1024));
		figures.add(Figure.of("one small file, wall", Sample.of(samples(small, 5).stream().mapToDouble(Taken::seconds).toArray()), "s")
				.atMost(1));
		figures.add(Figure.of("one file after an edit, p95", edit(blocks), "ms").atMost(50));
		return figures;
	}

	/** A figure that may get a bar. */
	private record Pending(List<Figure> figures, Figure figure) {
		void ifBar(double limit) {
			figures.add(limit > 0 ? figure.atLeast(limit) : figure);
		}
	}

	private Pending throughput(String what, int lines, List<Taken> taken) {
		return new Pending(figures, Figure.of(what, rate(lines, taken.stream().mapToDouble(Taken::seconds).toArray()), "k lines/s"));
	}

	private static Sample rate(int lines, double... seconds) {
		return Sample.of(Arrays.stream(seconds).map(each -> lines / 1000.0 / each).toArray());
	}

	private List<Taken> samples(Path sources, int runs) throws IOException, InterruptedException {
		var taken = new ArrayList<Taken>();
		for (int run = 0; run < runs; run++) {
			taken.add(lint(sources));
		}
		return taken;
	}

	private Taken lint(Path sources) throws IOException, InterruptedException {
		return run(List.of(home.resolve("heaplens").toString(), "lint", sources.toString(), "--format", "jsonl", "--output",
				sources.resolveSibling("findings.jsonl").toString()), 1);
	}

	private double[] compiler(Path sources) throws IOException, InterruptedException {
		var seconds = new double[RUNS];
		String program = ProcessHandle.current().info().command().orElse("java");
		for (int run = 0; run < RUNS; run++) {
			seconds[run] = run(
					List.of(program, "-cp", System.getProperty("java.class.path"), "org.eclipse.jdt.internal.compiler.batch.Main", "-21",
							"-proc:none", "-d", "none", "-warn:resource,unlikely-resource", "-cp",
							home.resolve("bundles/org.heaplens.runtime/target/classes").toString(), sources.toString()),
					0).seconds();
		}
		return seconds;
	}

	/**
	 * @param most the largest exit code that is none of a failure
	 */
	private static Taken run(List<String> command, int most) throws IOException, InterruptedException {
		long began = System.nanoTime();
		Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD).start();
		double kibibytes = 0;
		while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
			kibibytes = Math.max(kibibytes, highest(process.pid()));
		}
		double seconds = (System.nanoTime() - began) / 1e9;
		if (process.exitValue() > most) {
			throw new IllegalStateException(String.join(" ", command) + " failed with " + process.exitValue());
		}
		return new Taken(seconds, kibibytes / 1024);
	}

	/** What the process has held at most so far; 0 where it has ended meanwhile. */
	private static double highest(long pid) {
		try {
			Matcher matcher = HIGHEST.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
			return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
		} catch (IOException e) {
			return 0;
		}
	}

	private Sample edit(Path sources) throws IOException, InterruptedException {
		Path jar = home.resolve("bundles/heaplens-maven-plugin/target/heaplens-maven-plugin-0.1.0-SNAPSHOT.jar");
		String program = ProcessHandle.current().info().command().orElse("java");
		Process process = new ProcessBuilder(program, "-cp", System.getProperty("java.class.path") + File.pathSeparator + jar,
				LintEdits.class.getName(), sources.toString(), home.resolve("bundles/org.heaplens.runtime/target/classes").toString())
				.redirectError(ProcessBuilder.Redirect.INHERIT).start();
		double[] times;
		try (BufferedReader reader = process.inputReader()) {
			times = reader.lines().mapToDouble(Double::parseDouble).sorted().toArray();
		}
		if (process.waitFor() != 0) {
			throw new IllegalStateException("the edits failed");
		}
		return Sample.exactly(Sample.percentile(times, 95));
	}
}
