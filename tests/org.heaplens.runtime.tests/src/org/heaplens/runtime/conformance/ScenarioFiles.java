// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plays the scenarios of a folder, which another runtime has answered; the first that this one answers otherwise ends it. */
final class ScenarioFiles {
	private ScenarioFiles() {}

	public static void main(String... arguments) throws IOException, InterruptedException {
		Path folder = Path.of(arguments[0]);
		Path traces = Files.createDirectory(folder.resolve("traces"));
		try (var files = Files.list(folder)) {
			for (Path file : files.filter(path -> path.toString().endsWith(".scenario")).sorted().toList()) {
				try {
					Run.of(Scenario.read(file), Files.createTempDirectory(traces, "run"));
				} catch (AssertionError otherwise) {
					System.err.println(otherwise.getMessage());
					System.exit(1);
				}
			}
		}
		System.exit(0);
	}
}
