// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.trace.EventFilter;
import org.heaplens.model.trace.TraceFormatException;
import org.heaplens.model.trace.TraceHistory;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.model.trace.TraceReport;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a file holds, it is read, or refused with the place in it: no other exception, no hang, no memory without bound. */
class TraceFuzzTest {
	@FuzzTest
	void anyFileIsReadOrRefused(byte[] recipe) throws IOException {
		Path file = Files.createTempFile("heaplens-fuzz", ".heaptrace");
		try {
			Files.write(file, Recipe.cook(recipe));
			follow(file);
			report(file);
			jump(file);
		} finally {
			Files.delete(file);
		}
	}

	private static void follow(Path file) throws IOException {
		try (TraceReader reader = TraceReader.open(file)) {
			while (reader.poll(event -> look(reader, event), 1 << 12) > 0) {
				continue;
			}
		} catch (TraceFormatException e) {
			assertSaysWhere(e);
		}
	}

	private static void look(TraceReader reader, HeapEvent event) {
		try {
			reader.stack(event.stack());
			reader.thread(event.thread());
			reader.engine(event.engine());
		} catch (TraceFormatException e) {
			assertSaysWhere(e);
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private static void report(Path file) throws IOException {
		try (TraceReader reader = TraceReader.open(file)) {
			TraceReport.of(reader).toText();
		} catch (TraceFormatException e) {
			assertSaysWhere(e);
		}
	}

	/** As a view that shows any moment, and a search. */
	private static void jump(Path file) throws IOException {
		try (TraceHistory history = TraceHistory.open(file)) {
			TraceReport.of(history).toText();
			for (HeapInfo heap : history.heaps()) {
				TraceHistory.Range range = history.range(heap.id());
				long middle = range.firstSequence() + (range.lastSequence() - range.firstSequence()) / 2;
				history.at(heap.id(), range.lastSequence()).digest();
				history.at(heap.id(), middle).digest();
				if (range.lastNanos() >= range.firstNanos()) {
					history.summary(heap.id(), range.firstNanos(), range.lastNanos(), 7);
				}
			}
			history.atTime(1_000_000);
			history.events(EventFilter.ALL.ofText("main"), event -> true);
		} catch (TraceFormatException e) {
			assertSaysWhere(e);
		}
	}

	private static void assertSaysWhere(TraceFormatException refusal) {
		assertTrue(String.valueOf(refusal.getMessage()).matches("(?s).*\\(at byte \\d+\\)"), refusal::getMessage);
	}
}
