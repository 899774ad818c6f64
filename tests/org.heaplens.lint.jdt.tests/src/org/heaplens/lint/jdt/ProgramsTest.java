// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.heaplens.lint.LintMonitor;
import org.heaplens.lint.SourceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that go through several files. */
class ProgramsTest {
	private static final String MEMORY = """
			package memory;
			public final class Memory {
				public static HiaiBuffer take(int n) {
					return HiaiMemory.dMalloc(n, 0, MemoryAttr.MANUAL_FREE);
				}
				public static void give(HiaiBuffer b) {
					HiaiMemory.dFree(b);
				}
			}
			""";
	/** Names neither blocks nor functions of the API. */
	private static final String IMAGE = """
			package image;
			import memory.Memory;
			public class Image implements AutoCloseable {
				private final Object pixels;
				public Image(int n) {
					pixels = Memory.take(n);
				}
				public int size() {
					return 1;
				}
				public void close() {
					Memory.give(pixels);
				}
			}
			""";

	@TempDir
	Path folder = Path.of("");

	private void write(String name, String text) throws IOException {
		Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private List<String> lint() {
		LinterResult result = new LinterResult(new JavaLinter().lint(List.of(folder), List.of(), () -> false));
		return result.lines(folder);
	}

	private record LinterResult(org.heaplens.lint.LintResult result) {
		List<String> lines(Path folder) {
			assertEquals(List.of(), result.problems());
			return result.findings().stream().map(finding -> folder.relativize(Path.of(finding.location().file())).toString()
					.replace('\\', '/') + ":" + finding.line() + " " + finding.rule()).toList();
		}
	}

	@Test
	void helpersOfOtherFilesAreKnown() throws IOException {
		write("memory/Memory.java", MEMORY);
		write("app/App.java", """
				package app;
				import memory.Memory;
				class App {
					void fine(int n) {
						Object b = Memory.take(n);
						Memory.give(b);
					}
					void leaks(int n) {
						Object b = Memory.take(n);
					}
					void twice(int n) {
						Object b = Memory.take(n);
						Memory.give(b);
						Memory.give(b);
					}
				}
				""");
		assertEquals(List.of("app/App.java:9 leaked-manual-block", "app/App.java:14 double-free"), lint());
	}

	@Test
	void ownersOfOwnersAreKnown() throws IOException {
		write("memory/Memory.java", MEMORY);
		write("image/Image.java", IMAGE);
		write("app/App.java", """
				package app;
				import image.Image;
				class App {
					int fine(int n) {
						try (Image image = new Image(n)) {
							return image.size();
						}
					}
					int leaks(int n) {
						Image image = new Image(n);
						return image.size();
					}
				}
				""");
		assertEquals(List.of("app/App.java:10 leaked-manual-block"), lint());
	}

	@Test
	void stepsNameTheirFile() throws IOException {
		write("memory/Memory.java", MEMORY);
		write("app/App.java", "package app; class App { void leaks(int n) { Object b = memory.Memory.take(n); } }");
		var finding = new JavaLinter().lint(List.of(folder), List.of(), () -> false).findings().get(0);
		assertEquals(List.of("App.java", "Memory.java", "App.java"),
				finding.path().stream().map(step -> Path.of(step.location().file()).getFileName().toString()).toList());
	}

	@Test
	void typesOfTheSameNameAreToldApart() throws IOException {
		String leak = "package app; class App { void f(int n) { %s b = HiaiMemory.dMalloc(n); } }";
		write("one/app/App.java", leak.formatted("HiaiBuffer"));
		write("two/app/App.java", leak.formatted("Object"));
		assertEquals(List.of("one/app/App.java:1 unsent-auto-block", "two/app/App.java:1 unsent-auto-block"), lint());
	}

	@Test
	void fixesKnowWhatOtherFilesDo() throws IOException {
		api();
		write("memory/Memory.java", MEMORY.replace("public final", "import org.heaplens.runtime.*;\npublic final"));
		write("app/App.java", """
				package app;
				import org.heaplens.runtime.HiaiBuffer;
				import memory.*;
				class App {
					int leaks(int n) {
						HiaiBuffer b = Memory.take(n);
						if (n > 7) {
							return -1;
						}
						Memory.give(b);
						return 0;
					}
				}
				""");
		assertEquals(List.of("app/App.java:6 Free 'b' before this exit"), fixes());
	}

	/** The part of the API that the files of these tests use. */
	private void api() throws IOException {
		write("org/heaplens/runtime/HiaiBuffer.java", "package org.heaplens.runtime; public class HiaiBuffer {}");
		write("org/heaplens/runtime/MemoryAttr.java", "package org.heaplens.runtime; public enum MemoryAttr { MANUAL_FREE }");
		write("org/heaplens/runtime/HiaiMemory.java", """
				package org.heaplens.runtime;
				public class HiaiMemory {
					public static native HiaiBuffer dMalloc(int size, int millis, MemoryAttr flag);
					public static native int dFree(HiaiBuffer buffer);
				}
				""");
	}

	private List<String> fixes() {
		List<Path> files = SourceTree.find(List.of(folder), JavaLinter::isSource, path -> false).files();
		JavaProgram program = new JavaLinter().program(files, List.of(), 1, LintMonitor.NONE);
		return program.fix(program.result().findings()).stream().flatMap(finding -> finding.fixes().stream()
				.map(fix -> folder.relativize(Path.of(finding.location().file())).toString().replace('\\', '/') + ":"
						+ finding.line() + " " + fix.title()))
				.toList();
	}
}
