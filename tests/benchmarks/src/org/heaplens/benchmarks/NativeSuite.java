// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.openjdk.jmh.runner.RunnerException;

/** Everything that has a bar in the native library. */
final class NativeSuite {
	/** Folder of the build of the native library. */
	static final String BUILD = "heaplens.benchmarks.native";
	static final String NOTES = """
			Nanoseconds are processor time of the thread that calls, median of all rounds (smallest..largest). A pair frees a random live block and
			allocates another, of 64 to 4096 bytes, which costs misses of the processor's caches where blocks are many; the bar of a pair is for
			a machine of its own. A recorded event is the difference of a recorded and an unrecorded pair, halved; stacks are 16 frames. "Flight" is
			the flight recorder; the other mode keeps all events, which a second thread compresses. The slowdown is that of the same loop, which does nothing but
			these pairs; the peer's is that of heaptrack on the loop with malloc and free, if heaptrack is installed. Peers of a pair, where the benchmark was built
			with them (HEAPLENS_PEERS), give out offsets only: no lock, no addresses, no record of what was freed. A call from Java is half of the difference between making
			and freeing a block through JNI and doing so in a loop in C.
			""";

	private final Path build;
	private final List<Figure> figures = new ArrayList<>();

	NativeSuite() {
		build = build();
	}

	/** Where the script has built it. */
	static Path build() {
		String folder = System.getProperty(BUILD);
		if (folder == null || !Files.isDirectory(Path.of(folder))) {
			throw new IllegalArgumentException("no build of the native library; run this as ./heaplens bench native");
		}
		return Path.of(folder);
	}

	List<Figure> run() throws IOException, InterruptedException, RunnerException {
		System.err.println("heaplens: measuring the native library");
		String program = build.resolve("tests/heaplens_benchmark").toString();
		Map<String, Sample> all = lines(List.of(program, Scratch.fresh().toString()));
		Sample clock = sample(all, "clock");
		figures.add(Figure.of("read of the clock", clock, "ns"));
		for (int live : new int[]{1000, 100_000}) {
			String suffix = " " + live;
			String blocks = live == 1000 ? ", 1 k live" : ", 100 k live";
			Sample quiet = sample(all, "pair" + suffix);
			pair(all, live == 1000 ? 65 : 110, suffix, blocks, quiet);
			for (String mode : new String[]{"flight", "all"}) {
				String where = blocks + (mode.equals("flight") ? ", flight" : "");
				Sample plain = sample(all, "plain " + mode + suffix);
				Sample stacks = sample(all, "stacks " + mode + suffix);
				figures.add(Figure.of("recorded event, no stack" + where, halved(plain, quiet), "ns")
						.atMost(Math.max(15, 1.5 * clock.median())));
				figures.add(Figure.of("recorded event, 16 frames" + where, halved(stacks, quiet), "ns").atMost(60));
				Figure slowdown = Figure.of("slowdown of the loop, stacks" + where,
						stacks.map(value -> value / quiet.median()), "x").atMost(1.5);
				figures.add(heaptrack(program, live).map(peer -> slowdown.against("heaptrack", peer)).orElse(slowdown));
			}
		}
		calls();
		return figures;
	}

	/** What calling from Java adds to the call. */
	private void calls() throws RunnerException {
		Map<String, Micro.Measured> all = Micro.run("NativeBenchmark", false);
		double inC = worker(all, "inC").median();
		figures.add(
				Figure.of("call from Java over the call in C", worker(all, "fromJava").map(value -> (value - inC) / 2), "ns").atMost(10));
		figures.add(Figure.of("the same with a block as an object", worker(all, "javaApi").map(value -> (value - inC) / 2), "ns"));
	}

	private static Sample worker(Map<String, Micro.Measured> all, String method) {
		Micro.Measured measured = all.get("NativeBenchmark." + method);
		if (measured == null) {
			throw new IllegalStateException(method + " did not run");
		}
		return measured.worker();
	}

	private void pair(Map<String, Sample> all, double bar, String suffix, String blocks, Sample quiet) {
		List<String> peers = all.keySet().stream().filter(name -> name.startsWith("peer ") && name.endsWith(suffix)).toList();
		Figure figure = Figure.of("allocate + free" + blocks, quiet, "ns").atMost(bar);
		if (peers.isEmpty()) {
			figures.add(figure);
		}
		for (String peer : peers) {
			figures.add(figure.against(peer.split(" ")[1], sample(all, peer)));
		}
	}

	private static Sample halved(Sample recorded, Sample quiet) {
		return recorded.map(value -> (value - quiet.median()) / 2);
	}

	private static Sample sample(Map<String, Sample> all, String name) {
		Sample sample = all.get(name);
		if (sample == null) {
			throw new IllegalStateException("the native benchmark says nothing of '" + name + "'");
		}
		return sample;
	}

	/** How many times as long the loop takes with malloc under heaptrack; empty where there is none. */
	private static Optional<Sample> heaptrack(String program, int live) throws IOException, InterruptedException {
		boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
				.anyMatch(folder -> Files.isExecutable(Path.of(folder, "heaptrack")));
		if (!installed) {
			return Optional.empty();
		}
		List<String> loop = List.of(program, "malloc", Integer.toString(live));
		Sample alone = sample(lines(loop), "malloc");
		Path folder = Scratch.fresh();
		var watched = new ArrayList<>(List.of("heaptrack", "-o", folder.resolve("recording").toString()));
		watched.addAll(loop);
		Sample recorded = sample(lines(watched), "malloc");
		Scratch.delete(folder);
		return Optional.of(recorded.map(value -> value / alone.median()));
	}

	/** What a program prints: a name and figures, with tabs between them. What it says otherwise is left out. */
	private static Map<String, Sample> lines(List<String> command) throws IOException, InterruptedException {
		var result = new LinkedHashMap<String, Sample>();
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				String[] parts = line.split("\t");
				if (parts.length > 1) {
					result.put(parts[0], Sample.of(Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).toArray()));
				}
			}
		}
		int code = process.waitFor();
		if (code != 0) {
			throw new IllegalStateException(String.join(" ", command) + " failed with " + code);
		}
		return result;
	}
}
