// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.heaplens.model.trace.EventFilter;
import org.heaplens.model.trace.TraceHistory;

/**
 * Reads a trace that is larger than memory, in a process of its own: a picture of all of it, the heap at moments anywhere, and events of a
 * few places in full. Prints the most resident memory it had, mapped pages of the file included, in MiB; the seconds to the picture; and
 * the 99th percentile of the moments in milliseconds.
 */
final class GiantReader {
	private static final int MOMENTS = 300;
	private static final int PLACES = 5;
	private static final long EVENTS = 1_000_000;

	private GiantReader() {}

	public static void main(String[] arguments) throws IOException {
		long begun = System.nanoTime();
		try (var history = TraceHistory.open(Path.of(arguments[0]))) {
			TraceFigures.picture(history);
			double picture = (System.nanoTime() - begun) / 1e9;
			double[] moments = TraceFigures.moments(history, MOMENTS, 1);
			Arrays.sort(moments);
			long events = history.events();
			for (int place = 0; place < PLACES; place++) {
				long first = 1 + (events - EVENTS) / PLACES * place;
				long[] seen = {0};
				history.events(EventFilter.ALL.inSequence(first, first + EVENTS - 1), event -> ++seen[0] > 0);
				if (seen[0] < EVENTS) {
					throw new IllegalStateException("saw " + seen[0] + " events from " + first + " on");
				}
			}
			System.out.println(mostResidentMebi() + " " + picture + " " + Sample.percentile(moments, 99));
		}
	}

	private static double mostResidentMebi() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM:"))
				.mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0).sum();
	}
}
