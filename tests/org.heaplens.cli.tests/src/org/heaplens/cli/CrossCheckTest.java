// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.heaplens.cli.analysis.Recording;
import org.heaplens.lint.Finding;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.Location;
import org.heaplens.lint.Severity;
import org.heaplens.lint.report.Evidence;
import org.heaplens.lint.report.LintReport;
import org.heaplens.lint.report.Recorded;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.TraceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions against what runs did. */
class CrossCheckTest {
	/** Leaks in take() three times, frees what careful() made, never calls idle(); keeps a block where no analysis looks. */
	private static final String PROGRAM = """
			package app;
			import org.heaplens.runtime.*;
			public class Program {
				public static void main(String[] arguments) {
					for (int round = 0; round < 3; round++) {
						take(round >= 0);
					}
					careful(false);
					keep();
				}
				static void take(boolean early) {
					HiaiBuffer taken = HiaiMemory
							.dMalloc(1 << 20, 0, MemoryAttr.MANUAL_FREE);
					if (early) {
						return;
					}
					HiaiMemory.dFree(taken);
				}
				static void careful(boolean early) {
					HiaiBuffer freed = HiaiMemory.dMalloc(1 << 20, 0, MemoryAttr.MANUAL_FREE);
					if (early) {
						return;
					}
					HiaiMemory.dFree(freed);
				}
				static void idle(boolean early) {
					HiaiBuffer never = HiaiMemory.dMalloc(1 << 20, 0, MemoryAttr.MANUAL_FREE);
					if (early) {
						return;
					}
					HiaiMemory.dFree(never);
				}
				static void keep() {
					System.getProperties().put("kept", HiaiMemory.dMalloc(1 << 19, 0, MemoryAttr.MANUAL_FREE));
				}
			}
			""";

	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	private int run(Object... arguments) {
		out.getBuffer().setLength(0);
		err.getBuffer().setLength(0);
		String[] line = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
		return Main.execute(line, new PrintWriter(out, true), new PrintWriter(err, true));
	}

	private Path record() throws IOException {
		Path program = folder.resolve("src/app/Program.java");
		Files.createDirectories(program.getParent());
		Files.writeString(program, PROGRAM);
		Path traces = folder.resolve("traces");
		String java = ProcessHandle.current().info().command().orElse("java");
		assertEquals(0, run("run", "--trace", traces, "--", java, program), err::toString);
		try (Stream<Path> files = Files.list(traces)) {
			return files.findFirst().orElseThrow();
		}
	}

	@Test
	void aRunConfirmsSomeLeaksAndShowsOthers() throws IOException {
		Path trace = record();
		assertEquals(Main.FOUND, run("lint", folder.resolve("src"), "--trace", trace));
		List<String> told = out.toString().lines().filter(line -> line.startsWith("  run: ") || line.contains("not predicted")).toList();
		assertEquals(List.of("  run: confirmed, 3 blocks, 3145728 bytes left, of 3 made here",
				"  run: not confirmed, 1 made here and all freed", "  run: not confirmed, the run made no block here"), told.subList(0, 3));
		assertTrue(
				told.get(3).endsWith(
						"app/Program.java:34: not predicted: 1 block, 524288 bytes leaked, made by app.Program.keep(Program.java:34)"),
				told.get(3));
		assertTrue(err.toString().contains("1 of 3 predicted leaks confirmed by the run, 1 leaking place not predicted"), err::toString);
	}

	@Test
	void whatWasNotPredictedFailsUnlessNothingDoes() throws IOException {
		Path trace = record();
		assertEquals(Main.FOUND,
				run("lint", folder.resolve("src"), "--trace", trace, "--rule", "leaked-manual-block=info", "--fail-on", "error"));
		assertEquals(Main.FINE, run("lint", folder.resolve("src"), "--trace", trace, "--fail-on", "never"));
	}

	@Test
	void twoRunsAddUp() throws IOException {
		Path trace = record();
		run("lint", folder.resolve("src"), "--trace", trace, "--trace", trace, "--format", "jsonl");
		assertTrue(out.toString().contains("\"run\":{\"verdict\":\"confirmed\",\"allocations\":6,\"blocks\":6,\"bytes\":6291456}"),
				out::toString);
		assertTrue(out.toString().contains("{\"unpredicted\":\"app.Program.keep(Program.java:34)\""), out::toString);
	}

	@Test
	void whatTheSourceIgnoresIsToldAndDoesNotFail() throws IOException {
		Path trace = record();
		Path program = folder.resolve("src/app/Program.java");
		Files.writeString(program,
				PROGRAM.replace("taken = HiaiMemory\n", "taken = HiaiMemory // heaplens:ignore leaked-manual-block because of it\n"));
		run("lint", folder.resolve("src"), "--trace", trace);
		assertTrue(out.toString().contains("where the source asks to ignore it"), out::toString);
	}

	@Test
	void aTraceThatIsNoneIsToldInOneLine() throws IOException {
		Path file = Files.writeString(folder.resolve("a.heaptrace"), "nothing of the kind");
		assertEquals(Main.COULD_NOT_RUN, run("lint", folder, "--trace", file));
		assertEquals(1, err.toString().lines().count(), err::toString);
		assertEquals(Main.COULD_NOT_RUN, run("lint", folder, "--trace", folder.resolve("missing")));
		assertEquals(1, err.toString().lines().count(), err::toString);
	}

	private static Finding leak(String file, int line, int length) {
		return new Finding("leaked-manual-block", Severity.ERROR, "Leaks", new Location(file, line, 1, 0, length), List.of(), List.of(),
				file + line);
	}

	/** One block that is left, from a stack of machine code. */
	private LintReport check(String compiled, int line, Finding... leaks) throws IOException {
		try (TraceWriter writer = TraceWriter.create(folder, "app")) {
			var host = writer.lane(new HeapInfo(0, Side.HOST, 0, 1 << 24, 0x10000));
			int stack = writer.stack(List.of(new StackFrame("/usr/lib/libother.so", "allocate", "/usr/src/other.cpp", 1),
					new StackFrame("/home/app", "shoot", compiled, line)));
			host.append(EventKind.ALLOCATE, 0, 4096, 4000, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, 0, stack, 0);
			host.end();
			LintReport report = LintReport.of(new LintResult(List.of(leaks), List.of(), 1));
			var check = new CrossCheck(report, Stream.of(leaks).map(leak -> Path.of(leak.location().file())).distinct().toList(),
					file -> "");
			try (Recording recording = Recording.open(writer.file())) {
				check.add(recording);
			}
			return check.result();
		}
	}

	@ParameterizedTest
	@CsvSource({"/build/src/camera.cpp, 12, confirmed", "/build/src/camera.cpp, 13, unreached", "/build/src/other.cpp, 12, unreached",
		"/build/lib/camera.cpp, 12, confirmed"})
	void machineCodeIsFoundByFileAndLine(String compiled, int line, String verdict) throws IOException {
		LintReport report = check(compiled, line, leak("src/camera.cpp", 12, 5));
		Evidence run = report.entries().get(0).run().orElseThrow();
		assertEquals(verdict, run.verdict().name().toLowerCase(java.util.Locale.ROOT));
		assertEquals(verdict.equals("confirmed") ? 0 : 1, report.recording().map(Recorded::unforeseen).orElseThrow().size());
	}

	@Test
	void ofFilesWithTheSameNameTheOneInThatFolderIsMeant() throws IOException {
		LintReport report = check("/build/front/camera.cpp", 12, leak("front/camera.cpp", 12, 5), leak("back/camera.cpp", 12, 5));
		assertEquals(List.of(1L, 0L),
				report.entries().stream().map(LintReport.Entry::run).map(Optional::orElseThrow).map(Evidence::blocks).toList());
	}
}
