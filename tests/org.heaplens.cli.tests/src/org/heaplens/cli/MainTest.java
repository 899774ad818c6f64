// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
	private static final String LEAK = """
			import org.heaplens.runtime.*;
			class Leak {
				void leak(boolean early) {
					HiaiBuffer buffer = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
					if (early) {
						return;
					}
					HiaiMemory.dFree(buffer);
				}
			}
			""";
	private static final String CLEAN = LEAK.replace("return;", "HiaiMemory.dFree(buffer);\n\t\t\treturn;");

	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = {"", "fly", "lint", "lint --nonsense x", "lint . --format html", "trace", "trace info", "run",
		"trace info no-such-file",
		"lint no-such-folder", "lint . --classpath no-such.jar", "run -- no-such-program"})
	void badInputGetsOneLineAndCodeTwo(String line) {
		assertEquals(Main.COULD_NOT_RUN, run(line.isEmpty() ? new String[0] : line.split(" ")));
		assertEquals("", out.toString());
		assertTrue(err.toString().startsWith("heaplens: "), err::toString);
		assertEquals(1, err.toString().lines().count(), err::toString);
	}

	@ParameterizedTest
	@ValueSource(strings = {"--help", "lint --help", "run --help", "trace --help", "trace info --help", "trace leaks --help",
		"trace stats --help", "trace export --help", "trace check --help", "replay --help"})
	void helpGoesToStandardOutput(String line) {
		assertEquals(Main.FINE, run(line.split(" ")));
		assertTrue(out.toString().contains("Usage: heaplens"), out::toString);
	}

	@Test
	void lintFindsALeak() throws IOException {
		Path file = Files.writeString(folder.resolve("Leak.java"), LEAK);
		assertEquals(Main.FOUND, run("lint", file.toString()));
		assertTrue(out.toString().contains("Leak.java:4:"), out::toString);
		assertTrue(out.toString().contains("[leaked-manual-block]"), out::toString);
		assertTrue(err.toString().contains("1 finding in 1 file"), err::toString);
	}

	@Test
	void lintIsSilentOnCleanCode() throws IOException {
		Files.writeString(folder.resolve("Clean.java"), CLEAN);
		assertEquals(Main.FINE, run("lint", folder.toString()));
		assertEquals("", out.toString());
	}

	@Test
	void lintWritesSarifIntoAFile() throws IOException {
		Path file = Files.writeString(folder.resolve("Leak.java"), LEAK);
		Path report = folder.resolve("report.sarif");
		assertEquals(Main.FOUND, run("lint", file.toString(), "--format", "sarif", "--output", report.toString()));
		assertEquals("", out.toString());
		String sarif = Files.readString(report);
		assertTrue(sarif.contains("\"version\""), sarif);
		assertTrue(sarif.contains("leaked-manual-block"), sarif);
	}

	@Test
	void lintFollowsTheLinkItIsGivenAndNoOther() throws IOException {
		Path sources = Files.createDirectories(folder.resolve("sources"));
		Files.writeString(sources.resolve("Leak.java"), LEAK);
		Files.createSymbolicLink(sources.resolve("circle"), sources);
		Path link = Files.createSymbolicLink(folder.resolve("link"), sources);
		assertEquals(Main.FOUND, run("lint", link.toString()));
		assertTrue(out.toString().startsWith(link.resolve("Leak.java") + ":4:"), out::toString);
		assertTrue(err.toString().contains("1 finding in 1 file"), err::toString);
	}

	@Test
	void whatCouldNotBeAnalysedIsNotClean() throws IOException {
		Path file = Files.writeString(folder.resolve("Broken.java"), CLEAN.replace("if (early) {", "if (early {"));
		assertEquals(Main.COULD_NOT_RUN, run("lint", file.toString()));
		assertTrue(err.toString().contains("Syntax error"), err::toString);
	}

	@Test
	void findingsThatCannotBeWrittenAreNoSuccess() throws IOException {
		Path file = Files.writeString(folder.resolve("Leak.java"), LEAK);
		var full = new PrintWriter(new OutputStream() {
			@Override
			public void write(int value) throws IOException {
				throw new IOException("No space left on device");
			}
		});
		assertEquals(Main.COULD_NOT_RUN, Main.execute(new String[]{"lint", file.toString()}, full, new PrintWriter(err, true)));
		assertTrue(err.toString().contains("cannot write the findings to standard output"), err::toString);
	}

	@Test
	void whatIsInTheWayIsNamed() throws IOException {
		Path gone = folder.resolve("gone.java");
		Files.createSymbolicLink(gone, folder.resolve("nowhere"));
		assertEquals(Main.COULD_NOT_RUN, run("lint", gone.toString()));
		assertEquals(Main.COULD_NOT_RUN, run("run", "--trace", Files.createFile(folder.resolve("file")).toString(), "--", "true"));
		assertTrue(err.toString().contains("file: a file has this name"), err::toString);
	}

	@Test
	void lintRefusesAFileOfAnotherKind() throws IOException {
		Path file = Files.writeString(folder.resolve("notes.txt"), LEAK);
		assertEquals(Main.COULD_NOT_RUN, run("lint", file.toString()));
		assertTrue(err.toString().contains("neither a folder nor a file in Java, C or C++"), err::toString);
	}

	@Test
	void aDamagedRecordingLeavesTheProgramsExitCode() throws IOException {
		Path traces = folder.resolve("traces");
		assertEquals(5, run("run", "--trace", traces.toString(), "--", "sh", "-c", "echo no > \"$HEAPLENS_TRACE/a.heaptrace\"; exit 5"));
		assertTrue(err.toString().contains("a.heaptrace: no HeapLens trace"), err::toString);
	}

	@Test
	void lintSaysWhereItCannotWrite() throws IOException {
		Path file = Files.writeString(folder.resolve("Leak.java"), LEAK);
		assertEquals(Main.COULD_NOT_RUN, run("lint", file.toString(), "--output", folder.toString()));
		assertTrue(err.toString().contains("cannot write " + folder), err::toString);
	}

	@Test
	void traceInfoSaysWhyAFileIsNoTrace() throws IOException {
		Path file = Files.writeString(folder.resolve("a.heaptrace"), "nothing of the kind");
		assertEquals(Main.COULD_NOT_RUN, run("trace", "info", file.toString()));
		assertTrue(err.toString().contains(file + ": no HeapLens trace"), err::toString);
	}

	@Test
	void runRecordsAProgramAndReturnsItsExitCode() throws IOException {
		Path program = Files.writeString(folder.resolve("Program.java"), """
				import org.heaplens.runtime.*;
				public class Program {
					public static void main(String[] arguments) {
						HiaiMemory.dMalloc(1 << 20, 0, MemoryAttr.MANUAL_FREE);
						System.exit(7);
					}
				}
				""");
		Path traces = folder.resolve("traces");
		String java = ProcessHandle.current().info().command().orElse("java");
		assertEquals(7, run("run", "--trace", traces.toString(), "--", java, program.toString()));
		assertTrue(err.toString().contains("Program.main(Program.java:4)"), err::toString);
		Path trace;
		try (var files = Files.list(traces)) {
			trace = files.findFirst().orElseThrow();
		}
		assertEquals(Main.FINE, run("trace", "info", trace.toString()));
		assertTrue(out.toString().contains("leaked"), out::toString);
	}

	@Test
	void runSaysWhenNothingWasRecorded() {
		assertEquals(0, run("run", "--trace", folder.resolve("traces").toString(), "--", "true"));
		assertTrue(err.toString().contains("nothing was recorded"), err::toString);
		assertFalse(err.toString().contains("Exception"), err::toString);
	}

	private int run(String... arguments) {
		return Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
	}
}
