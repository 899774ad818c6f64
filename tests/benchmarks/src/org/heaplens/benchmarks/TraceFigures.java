// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.heaplens.model.HeapInfo;
import org.heaplens.model.trace.EventFilter;
import org.heaplens.model.trace.GiantTrace;
import org.heaplens.model.trace.TraceHistory;
import org.heaplens.model.trace.TraceWriter;

/** What a recording costs on disk, and what it costs to look at one. */
final class TraceFigures {
	private static final int SIZE_EVENTS = 1_000_000;
	private static final long MEAN_WORK_NANOS = 4000;
	private static final long SEED = 1;
	private static final int MOMENTS = 500;
	private static final int SCREEN_WIDTH = 1600;

	private TraceFigures() {}

	static List<Figure> measure(boolean quick) throws IOException, InterruptedException {
		var figures = new ArrayList<Figure>();
		figures.add(bytesPerEvent(quick ? SIZE_EVENTS / 4 : SIZE_EVENTS));
		figures.addAll(open(quick ? 2_000_000 : 10_000_000, quick ? 2 : 3));
		figures.addAll(giant(quick));
		return figures;
	}

	private static Figure bytesPerEvent(int events) throws IOException {
		Path folder = Scratch.fresh();
		Path file = write(folder, events, MEAN_WORK_NANOS);
		double bytes = (double) Files.size(file) / events;
		Scratch.delete(folder);
		return Figure.of("finished trace, an event", Sample.exactly(bytes), "B").atMost(4);
	}

	/** Between events the program works for a random while, as programs do: times are most of what cannot be guessed. */
	private static Path write(Path folder, long events, long meanWorkNanos) throws IOException {
		var random = new Random(SEED);
		try (var writer = TraceWriter.create(folder, "java -jar pipeline.jar")) {
			var mix = new Mix(writer, SEED);
			while (mix.events() < events) {
				mix.step();
				if (meanWorkNanos > 0) {
					long until = System.nanoTime() + (long) (-Math.log(1 - random.nextDouble()) * meanWorkNanos);
					while (System.nanoTime() < until) {
						Thread.onSpinWait();
					}
				}
			}
			return writer.file();
		}
	}

	/** As an IDE does: what the trace is, a timeline as wide as a screen, and the heaps as they ended. */
	private static List<Figure> open(long events, int runs) throws IOException {
		Path folder = Scratch.fresh();
		Path file = write(folder, events, 0);
		var pictures = new double[runs];
		var scans = new double[runs];
		double[] moments = new double[MOMENTS * runs];
		for (int run = 0; run < runs; run++) {
			long begun = System.nanoTime();
			try (var history = TraceHistory.open(file)) {
				picture(history);
				pictures[run] = (System.nanoTime() - begun) / 1e9;
				begun = System.nanoTime();
				long[] seen = {0};
				history.events(EventFilter.ALL, event -> ++seen[0] > 0);
				scans[run] = (System.nanoTime() - begun) / 1e9;
				if (seen[0] < events) {
					throw new IllegalStateException("saw " + seen[0] + " of " + events + " events");
				}
				System.arraycopy(moments(history, MOMENTS, SEED + run), 0, moments, run * MOMENTS, MOMENTS);
			}
		}
		Scratch.delete(folder);
		String millions = Figure.number(events / 1e6) + " M events";
		Arrays.sort(moments);
		return List.of(Figure.of("open " + millions + ", to the first picture", Sample.of(pictures), "s").atMost(1),
				Figure.of("see all of " + millions, Sample.of(scans), "s").atMost(5),
				Figure.of("heap at a random event of " + millions + ", p50", Sample.exactly(Sample.percentile(moments, 50)), "ms"),
				Figure.of("heap at a random event of " + millions + ", p99", Sample.exactly(Sample.percentile(moments, 99)), "ms")
						.atMost(16));
	}

	static void picture(TraceHistory history) throws IOException {
		for (HeapInfo heap : history.heaps()) {
			TraceHistory.Range range = history.range(heap.id());
			history.summary(heap.id(), range.firstNanos(), range.lastNanos(), SCREEN_WIDTH);
		}
		history.atEnd();
	}

	/** Milliseconds to reconstruct a heap, block by block, at events anywhere. */
	static double[] moments(TraceHistory history, int count, long seed) throws IOException {
		var random = new Random(seed);
		List<HeapInfo> heaps = history.heaps();
		var millis = new double[count];
		for (int moment = 0; moment < count; moment++) {
			HeapInfo heap = heaps.get(random.nextInt(heaps.size()));
			TraceHistory.Range range = history.range(heap.id());
			long sequence = range.firstSequence() + (long) (random.nextDouble() * (range.lastSequence() - range.firstSequence()));
			long begun = System.nanoTime();
			if (history.at(heap.id(), sequence).sequence() != sequence) {
				throw new IllegalStateException("another moment than event " + sequence);
			}
			millis[moment] = (System.nanoTime() - begun) / 1e6;
		}
		return millis;
	}

	/** In a process of its own, whose memory is the reader's. */
	private static List<Figure> giant(boolean quick) throws IOException, InterruptedException {
		long events = quick ? 50_000_000 : 1_000_000_000;
		Path folder = Scratch.fresh();
		long needed = events * 2 + (1L << 30);
		if (Files.getFileStore(folder).getUsableSpace() < needed) {
			throw new IllegalStateException(folder + " has no room for a trace of " + needed + " bytes");
		}
		Path file = GiantTrace.write(folder, events);
		Process child = Children.start(GiantReader.class, List.of("-Xmx768m"), file.toString());
		String[] words = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
		if (child.waitFor() != 0 || words.length != 3) {
			throw new IllegalStateException("the reader of a giant trace ended with " + child.exitValue());
		}
		Scratch.delete(folder);
		String millions = Figure.number(events / 1e6) + " M events";
		return List.of(
				Figure.of("memory to read " + millions + ", most at once", Sample.exactly(Double.parseDouble(words[0])), "MiB")
						.atMost(1024),
				Figure.of("open " + millions + ", to the first picture", Sample.exactly(Double.parseDouble(words[1])), "s"),
				Figure.of("heap at a random event of " + millions + ", p99", Sample.exactly(Double.parseDouble(words[2])), "ms"));
	}
}
