// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.heaplens.model.HeapEvent;
import org.heaplens.model.trace.TraceFormatException;
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

	private static void assertSaysWhere(TraceFormatException refusal) {
		assertTrue(String.valueOf(refusal.getMessage()).matches("(?s).*\\(at byte \\d+\\)"), refusal::getMessage);
	}
}
