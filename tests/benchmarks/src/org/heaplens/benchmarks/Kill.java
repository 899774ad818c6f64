// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kills a program that records, at a random moment, again and again, and looks for what the recording lost. */
final class Kill {
	private static final int LONGEST_MILLIS = 700;
	private static final long[] PAUSES_NANOS = {0, 0, 20_000};

	private final long seed;
	private final boolean ofNative;
	private final List<String> problems = new ArrayList<>();
	private long events;

	/** @param ofNative whether the program is one of C++ */
	Kill(long seed, boolean ofNative) {
		this.seed = seed;
		this.ofNative = ofNative;
	}

	/** One figure for each mode; what went wrong is said on standard error. */
	List<Figure> run(int times) throws IOException, InterruptedException {
		var figures = new ArrayList<Figure>();
		for (String mode : new String[]{"all", "flight"}) {
			events = 0;
			problems.clear();
			for (int time = 0; time < times; time++) {
				kill(mode, seed + time);
			}
			problems.forEach(problem -> System.err.println("heaplens: " + problem));
			figures.add(Figure.of("lost or torn, " + times + " x kill -9, " + mode + ", " + Figure.number(events) + " events read",
					Sample.exactly(problems.size()), "").atMost(0));
		}
		return figures;
	}

	private void kill(String mode, long runSeed) throws IOException, InterruptedException {
		var random = new Random(runSeed);
		Path folder = Scratch.fresh();
		Path counters = Files.write(folder.resolve("counters"), new byte[KillProgram.COUNTERS_SIZE]);
		Path traces = folder.resolve("traces");
		long pause = PAUSES_NANOS[random.nextInt(PAUSES_NANOS.length)];
		String[] arguments = {counters.toString(), Long.toString(runSeed), Long.toString(pause)};
		Process program = ofNative
				? startNative(mode, traces, arguments)
				: Children.start(KillProgram.class,
						List.of("-Dheaplens.trace=" + traces, "-Dheaplens.recording.mode=" + mode, "-Dheaplens.recording.ring=1M",
								"-Xmx256m",
								"-XX:+UseSerialGC"),
						arguments);
		// Now and then while it is still beginning.
		if (random.nextInt(10) > 0) {
			program.getInputStream().read();
		}
		boolean ended = program.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
		program.destroyForcibly().waitFor();
		var before = problems.size();
		if (ended) {
			problems.add("the program ended by itself");
		} else {
			check(mode, runSeed, counters, traces);
		}
		for (int index = before; index < problems.size(); index++) {
			problems.set(index, mode + ", seed " + runSeed + ": " + problems.get(index));
		}
		Scratch.delete(folder);
	}

	private static Process startNative(String mode, Path traces, String... arguments) throws IOException {
		var command = new ArrayList<>(List.of(NativeSuite.build().resolve("tests").resolve(KillVerdict.NATIVE_PROGRAM).toString()));
		command.addAll(List.of(arguments));
		var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().putAll(Map.of("HEAPLENS_TRACE", traces.toString(), "HEAPLENS_RECORDING_MODE", mode,
				"HEAPLENS_RECORDING_RING", "1M"));
		return builder.start();
	}

	private void check(String mode, long runSeed, Path counters, Path traces) throws IOException {
		ByteBuffer counted = ByteBuffer.wrap(Files.readAllBytes(counters));
		var done = new long[2 * KillProgram.THREADS];
		long all = 0;
		for (int thread = 0; thread < done.length; thread++) {
			done[thread] = (long) KillProgram.LONG.get(counted, thread * Long.BYTES);
			all += done[thread];
		}
		List<Path> files = List.of();
		if (Files.exists(traces)) {
			try (Stream<Path> listed = Files.list(traces)) {
				files = listed.filter(file -> file.toString().endsWith(".heaptrace")).toList();
			}
		}
		if (files.isEmpty()) {
			if (all > 0) {
				problems.add("no recording of " + all + " operations");
			}
			return;
		}
		var verdict = new KillVerdict(mode.equals("all"));
		verdict.check(files.get(0), runSeed, done);
		events += verdict.events();
		problems.addAll(verdict.problems());
	}
}
