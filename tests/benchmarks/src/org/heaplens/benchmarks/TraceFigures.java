// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.heaplens.model.HeapState;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.model.trace.TraceWriter;

/** What a recording costs on disk, and what it costs to look at one. */
final class TraceFigures {
	private static final int SIZE_EVENTS = 1_000_000;
	private static final long MEAN_WORK_NANOS = 4000;
	private static final long SEED = 1;

	private TraceFigures() {}

	static List<Figure> measure(boolean quick) throws IOException {
		var figures = new ArrayList<Figure>();
		figures.add(bytesPerEvent(quick ? SIZE_EVENTS / 4 : SIZE_EVENTS));
		figures.addAll(open(quick ? 2_000_000 : 10_000_000, quick ? 2 : 3));
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
		var random = new java.util.Random(SEED);
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

	private static List<Figure> open(long events, int runs) throws IOException {
		Path folder = Scratch.fresh();
		Path file = write(folder, events, 0);
		var scans = new double[runs];
		for (int run = 0; run < runs; run++) {
			long begun = System.nanoTime();
			var state = new HeapState();
			try (var reader = TraceReader.open(file)) {
				while (reader.poll(state, 1 << 16) > 0) {
					continue;
				}
			}
			scans[run] = (System.nanoTime() - begun) / 1e9;
		}
		Scratch.delete(folder);
		return List.of(Figure.of("scan " + Figure.number(events / 1e6) + " M events", Sample.of(scans), "s").atMost(5));
	}
}
