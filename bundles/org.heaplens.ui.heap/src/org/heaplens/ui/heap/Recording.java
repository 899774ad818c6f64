// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * What one process recorded of its heaps, or will record. Immutable, so any number of threads may share it.
 *
 * @param name    what users call it
 * @param path    the trace, or the folder that the process records into
 * @param project name of the Java project that holds the sources; empty if unknown
 */
public record Recording(String name, Path path, String project) {
	private static final String SUFFIX = ".heaptrace";

	/** The trace, once the process has begun one. Looks into the file system. */
	public Optional<Path> trace() {
		if (!Files.isDirectory(path)) {
			return Files.exists(path) ? Optional.of(path) : Optional.empty();
		}
		try (var files = Files.list(path)) {
			return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).max(Comparator.naturalOrder());
		} catch (IOException e) {
			// The folder was pruned a moment ago: there is no trace any more.
			return Optional.empty();
		}
	}
}
