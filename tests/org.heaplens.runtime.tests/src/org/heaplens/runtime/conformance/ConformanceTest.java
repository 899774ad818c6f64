// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ConformanceTest {
	/** Tests run in the folder of their own bundle. */
	static final Path FOLDER = Path.of("../conformance");

	@TempDir
	Path traces = Path.of(""); // JUnit sets it

	static List<Path> files() throws IOException {
		try (var files = Files.list(FOLDER)) {
			return files.filter(file -> file.toString().endsWith(".scenario")).sorted().toList();
		}
	}

	@TestFactory
	Stream<DynamicTest> scenarios() throws IOException {
		List<Path> files = files();
		assertFalse(files.isEmpty());
		return files.stream().map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), file.toUri(),
				() -> Run.of(Scenario.read(file), Files.createTempDirectory(traces, "run"))));
	}
}
