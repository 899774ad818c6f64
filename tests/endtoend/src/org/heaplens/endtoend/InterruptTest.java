// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl+C. */
class InterruptTest {
	@TempDir
	Path folder;

	@Test
	void anInterruptedRunLeavesNothing() throws IOException, InterruptedException {
		Path sources = Files.createDirectory(folder.resolve("src"));
		for (int index = 0; index < 2000; index++) {
			Files.writeString(sources.resolve("Leak" + index + ".java"),
					"""
							import org.heaplens.runtime.*;
							class Leak%d { void f(boolean early) { HiaiBuffer b = HiaiMemory.dMalloc(1, 5, MemoryAttr.MANUAL_FREE); if (early) return; } }
							"""
							.formatted(index));
		}
		Path report = folder.resolve("report.sarif");
		Files.writeString(report, "old");
		ProcessBuilder program = Started.heaplens(folder, "lint", sources, "--format", "sarif", "--output", report);
		program.command().add(1, "-Dheaplens.terminal=true");
		Process process = program.start();
		// Progress tells that it is at work.
		try (BufferedReader err = process.errorReader()) {
			assertEquals('\r', err.read());
			assertEquals(0, new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor());
			assertEquals(130, process.waitFor());
		}
		assertEquals("old", Files.readString(report));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of("report.sarif", "src"), files.map(file -> file.getFileName().toString()).sorted().toList());
		}
	}
}
