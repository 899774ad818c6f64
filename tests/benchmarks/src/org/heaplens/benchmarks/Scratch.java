// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where recordings of a benchmark go: one folder for each run, handed on to the processes it starts, gone at its end. */
final class Scratch {
	static final String PROPERTY = "heaplens.benchmarks.scratch";

	private Scratch() {}

	static Path folder() {
		String folder = System.getProperty(PROPERTY);
		if (folder == null) {
			throw new IllegalStateException("-D" + PROPERTY + "=FOLDER is missing");
		}
		return Path.of(folder);
	}

	static Path begin() throws IOException {
		Path folder = Files.createTempDirectory("heaplens-bench");
		System.setProperty(PROPERTY, folder.toString());
		return folder;
	}

	/** A new folder of its own for one measurement. */
	static Path fresh() throws IOException {
		return Files.createTempDirectory(folder(), "run");
	}

	/** A recording has gigabytes: none outlives what it was made for. */
	static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
