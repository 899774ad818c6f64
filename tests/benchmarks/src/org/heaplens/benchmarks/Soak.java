// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.runtime.replay.Policy;
import org.heaplens.runtime.replay.VirtualHeap;

/** Watches the memory of {@link SoakProgram} for a long time, and compares what it holds at the end with what its recording says. */
final class Soak {
	static final String NOTES = """
			Growth is the slope of a line through all samples behind the first fifth, times the whole run. The Java heap is sampled after a
			collection; resident memory is that of the process without the pages of mapped files. The heaps at the end are those that the program
			says it holds, by address and size, those that the reader reconstructs, and those that an allocator arrives at which is given the
			recorded requests again.
			""";
	private static final double MEBI = 1 << 20;

	private final double minutes;

	Soak(double minutes) {
		this.minutes = minutes;
	}

	List<Figure> run() throws IOException, InterruptedException {
		Path traces = Scratch.fresh();
		Path blocks = Scratch.folder().resolve("blocks");
		Process program = Children.start(SoakProgram.class, List.of("-Dheaplens.trace=" + traces, "-Xmx256m", "-XX:+UseSerialGC"),
				blocks.toString());
		var times = new ArrayList<Double>();
		var heap = new ArrayList<Double>();
		var resident = new ArrayList<Double>();
		long begun = System.nanoTime();
		double processorSeconds = 0;
		try (var answers = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
				var commands = new PrintStream(program.getOutputStream(), true, StandardCharsets.UTF_8)) {
			double period = Math.max(0.2, minutes * 60 / 120);
			while (seconds(begun) < minutes * 60) {
				TimeUnit.MILLISECONDS.sleep((long) (period * 1000));
				commands.println("sample");
				String answer = answers.readLine();
				if (answer == null) {
					throw new IllegalStateException("the program ended with " + program.waitFor());
				}
				times.add(seconds(begun));
				heap.add(Long.parseLong(answer) / MEBI);
				resident.add(residentKibi(program.pid()) / 1024.0);
			}
			processorSeconds = program.info().totalCpuDuration().map(duration -> duration.toMillis() / 1000.0).orElse(0.0);
			commands.println("end");
		}
		double lasted = seconds(begun);
		if (program.waitFor() != 0) {
			throw new IllegalStateException("the program ended with " + program.exitValue());
		}
		var figures = new ArrayList<Figure>();
		figures.add(Figure.of("Java heap after collection", sample(heap), "MiB"));
		figures.add(Figure.of("growth of the Java heap", Sample.exactly(growth(times, heap)), "MiB").atMost(1));
		figures.add(Figure.of("resident memory", sample(resident), "MiB"));
		figures.add(Figure.of("growth of resident memory", Sample.exactly(growth(times, resident)), "MiB").atMost(8));
		figures.add(Figure.of("processor", Sample.exactly(100 * processorSeconds / lasted), "% of one"));
		Path file = trace(traces);
		var end = new End();
		end.read(file);
		figures.add(Figure.of("events a second, " + Figure.number(lasted / 60) + " minutes", Sample.exactly(Math.rint(end.events / lasted)),
				""));
		figures.add(Figure.of("bytes an event", Sample.exactly((double) Files.size(file) / end.events), "").atMost(4));
		figures.add(
				Figure.of("heaps that differ at the end: program, reader, replay", Sample.exactly(end.differing(blocks)), "").atMost(0));
		Scratch.delete(traces);
		return figures;
	}

	private static Path trace(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.findFirst().orElseThrow(() -> new IllegalStateException("nothing was recorded"));
		}
	}

	private static double seconds(long since) {
		return (System.nanoTime() - since) / 1e9;
	}

	private static Sample sample(List<Double> values) {
		return Sample.of(values.stream().mapToDouble(Double::doubleValue).toArray());
	}

	private static long residentKibi(long pid) throws IOException {
		return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(line -> line.startsWith("RssAnon:"))
				.mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).sum();
	}

	/** The slope of the line with the least squares, over the whole time; the beginning is warm-up and left out. */
	private static double growth(List<Double> times, List<Double> values) {
		int first = times.size() / 5;
		double meanTime = times.subList(first, times.size()).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
		double meanValue = values.subList(first, values.size()).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
		double above = 0;
		double below = 0;
		for (int index = first; index < times.size(); index++) {
			above += (times.get(index) - meanTime) * (values.get(index) - meanValue);
			below += (times.get(index) - meanTime) * (times.get(index) - meanTime);
		}
		return below == 0 ? 0 : above / below * times.get(times.size() - 1);
	}

	/** The heaps at the end of the recording, by two ways. One thread. */
	private static final class End {
		private final HeapState state = new HeapState();
		private final Map<Integer, VirtualHeap> replayed = new HashMap<>();
		private final Map<Integer, Map<Long, VirtualHeap.Request>> requests = new TreeMap<>();
		private List<HeapInfo> heaps = List.of();
		private long events;

		void read(Path file) throws IOException {
			try (TraceReader reader = TraceReader.open(file)) {
				heaps = reader.heaps();
				heaps.forEach(state::add);
				heaps.forEach(heap -> replayed.put(heap.id(), new VirtualHeap(heap.capacity(), Policy.TLSF)));
				heaps.forEach(heap -> requests.put(heap.id(), new TreeMap<>()));
				while (reader.poll(this::apply, 1 << 16) > 0) {
					continue;
				}
				if (!reader.ended() || reader.dropped() > 0) {
					throw new IllegalStateException("the recording has no end, or " + reader.dropped() + " dropped events");
				}
			}
		}

		private void apply(HeapEvent event) {
			events++;
			state.apply(event);
			VirtualHeap heap = replayed.get(event.heap());
			switch (event.kind()) {
				case ALLOCATE, RECEIVE -> requests.get(event.heap()).put(event.offset(), heap.allocate(event.timeNanos(), event.size(), 0));
				case FREE, AUTO_FREE -> heap.free(event.timeNanos(), requests.get(event.heap()).remove(event.offset()));
				default -> {
					// Nothing else moves blocks.
				}
			}
		}

		int differing(Path blocks) throws IOException {
			List<String> held = Files.readAllLines(blocks);
			int differing = 0;
			for (HeapInfo heap : heaps) {
				long reader = state.snapshot(heap.id()).map(HeapSnapshot::digest).orElseThrow();
				long replay = digest(
						requests.get(heap.id()).values().stream().map(request -> new long[]{request.offset(), request.size()}));
				long program = digest(held.stream().map(line -> line.split(" ")).filter(words -> words[0].equals(heap.side().name()))
						.map(words -> new long[]{Long.parseLong(words[1]) - heap.baseAddress(),
							extent(heap.side(), Integer.parseInt(words[2]))}));
				System.err.printf("heaplens: %s: program %016x, reader %016x, replay %016x%n", heap.name(), program, reader, replay);
				if (program != reader || program != replay) {
					differing++;
				}
			}
			return differing;
		}

		/** What the heap makes of a request; said here once more, so that a mistake there is one here. */
		private static long extent(Side side, int requested) {
			return side == Side.HOST ? (requested + 63) / 64 * 64L : (requested + 96 + 127) / 128 * 128L;
		}

		/** FNV-1a over offsets and sizes in the order of addresses. */
		private static long digest(Stream<long[]> extents) {
			long[] hash = {0xCBF29CE484222325L};
			extents.sorted((one, other) -> Long.compare(one[0], other[0])).flatMapToLong(Arrays::stream).forEachOrdered(number -> {
				for (int shift = 0; shift < 64; shift += 8) {
					hash[0] = (hash[0] ^ number >>> shift & 0xFF) * 0x100000001B3L;
				}
			});
			return hash[0];
		}
	}
}
