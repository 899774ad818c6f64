// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with the figures, docs/performance.md: each benchmark writes a section of its own and leaves the others alone. */
final class Document {
	static final String HOME = "heaplens.benchmarks.home";

	private Document() {}

	/** Replaces the section with that heading, or adds it at the end. */
	static void write(String heading, String body) throws IOException {
		Path file = Path.of(System.getProperty(HOME, ""), "docs", "performance.md");
		Files.writeString(file, replaced(Files.exists(file) ? Files.readString(file) : "# Performance\n", heading, body));
		System.err.println("heaplens: wrote " + file);
	}

	static String replaced(String text, String heading, String body) {
		String head = "## " + heading + "\n";
		String section = head + "\n" + body.strip() + "\n";
		int begin = text.indexOf(head);
		if (begin < 0) {
			return text.stripTrailing() + "\n\n" + section;
		}
		int end = text.indexOf("\n## ", begin);
		return text.substring(0, begin) + section + (end < 0 ? "" : text.substring(end));
	}
}
