// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.model.trace.TraceReport;
import org.heaplens.model.trace.TraceReport.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs programs in JVMs of their own: what they record, and what they say. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChildProcessTest {
	@TempDir
	Path folder = Path.of("");

	/** Exit code and everything that was printed. */
	private record Ended(int code, String output) {}

	@Test
	void aRecordingHasCallSitesAndAnEnd() throws Exception {
		Path traces = folder.resolve("traces");
		Ended program = run(traces, """
				HiaiBuffer kept = HiaiMemory.dMalloc(100_000, 0, MemoryAttr.MANUAL_FREE);
				HiaiMemory.dMalloc(1000).close();
				System.out.println(kept.size());
				""");
		assertEquals(new Ended(0, "100000\n"), program);
		TraceReport report = onlyReport(traces);
		assertEquals(State.ENDED, report.state());
		assertTrue(report.leaked());
		assertEquals(1, report.sites().size(), report::toText);
		assertEquals("Program.main(Program.java:4)", report.sites().get(0).text());
		assertEquals(2, report.heaps().get(0).allocations());
	}

	@Test
	void aProgramWithoutATemporaryFolderRunsAndIsToldOnce() throws Exception {
		Ended program = run(null, """
				System.setProperty("java.io.tmpdir", "not/there");
				for (int index = 1; index < 4; index++) {
					try (HiaiBuffer block = HiaiMemory.dMalloc(1000)) {
						block.bytes().put(999, (byte) index);
						System.out.println(block.bytes().get(999));
					}
				}
				""");
		List<String> lines = program.output().lines().toList();
		assertEquals(List.of("1", "2", "3"), lines.stream().filter(line -> !line.startsWith("heaplens: ")).toList());
		assertEquals(4, lines.size(), program::output);
		assertEquals(0, program.code());
	}

	@Test
	void exitInsideAnEngineEndsTheRecording() throws Exception {
		Path traces = folder.resolve("traces");
		Ended program = run(traces, """
				class Exit extends Engine {
					@Override
					public HiaiStatus process(int port, Object message) {
						HiaiMemory.dMalloc(1000);
						System.exit(3);
						return HiaiStatus.OK;
					}
				}
				Graph graph = Graph.create(GraphConfig.builder(1).engine(1, "exit", org.heaplens.model.Side.DEVICE, Exit::new).build());
				SerializeRegistry.registerDataType("text", String.class, String::getBytes, String::new);
				graph.sendData(new EnginePort(1, 1, 0), "text", "now");
				Thread.sleep(60_000);
				""");
		assertEquals(new Ended(3, ""), program);
		TraceReport report = onlyReport(traces);
		assertEquals(State.ENDED, report.state());
		assertEquals("Program$1Exit.process(Program.java:7)", report.sites().get(0).text());
	}

	@Test
	void aHaltedProgramKeepsWhatItDid() throws Exception {
		Path traces = folder.resolve("traces");
		run(traces, """
				HiaiMemory.dMalloc(1000);
				Runtime.getRuntime().halt(9);
				""");
		TraceReport report = onlyReport(traces);
		assertEquals(State.KILLED, report.state());
		assertEquals("Program.main(Program.java:4)", report.sites().get(0).text());
	}

	@Test
	void aFolderThatCannotBeWrittenCostsOnlyTheRecording() throws Exception {
		Path file = Files.writeString(folder.resolve("file"), "in the way");
		Ended program = run(file, "System.out.println(HiaiMemory.dMalloc(1000).size());");
		assertEquals(0, program.code());
		List<String> lines = program.output().lines().toList();
		assertEquals(2, lines.size(), program::output);
		assertTrue(lines.get(0).startsWith("heaplens: nothing is recorded: cannot record into " + file), program::output);
		assertEquals("1000", lines.get(1));
	}

	@Test
	void aFlightRecordingKeepsItsEndAndAllBlocks() throws Exception {
		Path traces = folder.resolve("traces");
		Ended program = run(traces, List.of("-Dheaplens.recording.mode=flight", "-Dheaplens.recording.ring=1M"), """
				HiaiMemory.dMalloc(100_000, 0, MemoryAttr.MANUAL_FREE);
				for (int pair = 0; pair < 30_000; pair++) {
					HiaiMemory.dMalloc(1000, 0, MemoryAttr.MANUAL_FREE).close();
				}
				""");
		assertEquals(new Ended(0, ""), program);
		try (TraceReader reader = TraceReader.open(onlyFile(traces))) {
			long[] seen = new long[2];
			while (reader.poll(event -> seen[event.heap()]++, 10_000) > 0) {
				continue;
			}
			assertEquals(60_002, seen[0] + reader.overwritten());
			assertTrue(seen[0] > 5000, () -> "only " + seen[0]);
			assertTrue(reader.ended());
		}
	}

	@Test
	void aLongRecordingIsCompressed() throws Exception {
		Path traces = folder.resolve("traces");
		Ended program = run(traces, """
				for (int pair = 0; pair < 30_000; pair++) {
					HiaiMemory.dMalloc(1000, 0, MemoryAttr.MANUAL_FREE).close();
				}
				""");
		assertEquals(new Ended(0, ""), program);
		assertEquals(30_000, onlyReport(traces).heaps().get(0).allocations());
		assertTrue(Files.size(onlyFile(traces)) < 60_000 * 8L, "bytes: " + Files.size(onlyFile(traces)));
	}

	@Test
	void aRecordingThatIsDeletedWhileItRunsIsSaidOnce() throws Exception {
		Path traces = folder.resolve("traces");
		Ended program = run(traces, """
				HiaiMemory.dMalloc(1000);
				for (java.io.File file : new java.io.File(System.getProperty("heaplens.trace")).listFiles()) {
					file.delete();
				}
				HiaiMemory.dMalloc(1000);
				""");
		assertEquals(0, program.code());
		assertEquals(1, program.output().lines().count(), program::output);
		assertTrue(program.output().contains("was deleted while the program ran"), program::output);
	}

	@Test
	void theFirstCallMayComeFromAnInterruptedThread() throws Exception {
		Path traces = folder.resolve("traces");
		Ended program = run(traces, """
				Thread.currentThread().interrupt();
				HiaiMemory.dMalloc(1000);
				System.out.println(Thread.interrupted());
				""");
		assertEquals(new Ended(0, "true\n"), program);
		assertEquals(1, onlyReport(traces).heaps().get(0).allocations());
	}

	@Test
	void aProgramThatIsASourceFileIsNamedAsItWasTyped() throws Exception {
		Path traces = folder.resolve("traces");
		run(traces, "HiaiMemory.dMalloc(1000);");
		try (TraceReader reader = TraceReader.open(onlyFile(traces))) {
			assertEquals(folder.resolve("Program.java").toString(), reader.info().command());
		}
	}

	@Test
	void theFirstCallMayComeWhileTheProcessEnds() throws Exception {
		Ended program = run(null, """
				Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(HiaiMemory.dMalloc(1000).size())));
				""");
		assertEquals(new Ended(0, "1000\n"), program);
	}

	@Test
	void onlyAGraphFileNeedsProtobuf() throws Exception {
		Path file = Files.writeString(folder.resolve("graph.config"), "graphs { graph_id: 1 }");
		Ended program = run(null, """
				HiaiMemory.dMalloc(1000).close();
				try {
					GraphConfig.parse(java.nio.file.Path.of("%s"), EngineFactory.of(java.util.Map.of()));
				} catch (IllegalStateException e) {
					System.out.println(e.getMessage());
				}
				""".formatted(file.toString().replace("\\", "\\\\")));
		assertEquals(
				new Ended(0, "to read " + file + " the program needs protobuf-java 4.36 or newer on its class path; add it, or run with "
						+ "heaplens run\n"),
				program);
	}

	/** Line 4 of the program is the first of {@code body}. */
	private Ended run(@org.eclipse.jdt.annotation.Nullable Path traces, String body) throws IOException, InterruptedException {
		return run(traces, List.of(), body);
	}

	private Ended run(@org.eclipse.jdt.annotation.Nullable Path traces, List<String> options, String body)
			throws IOException, InterruptedException {
		Path source = Files.writeString(folder.resolve("Program.java"), """
				import org.heaplens.runtime.*;
				public class Program {
					public static void main(String[] arguments) throws Exception {
				""" + body + "}}\n");
		var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp", classPath()));
		if (traces != null) {
			command.add("-Dheaplens.trace=" + traces);
		}
		command.addAll(options);
		command.add(source.toString());
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes()).replace("\r", "");
		return new Ended(process.waitFor(), output);
	}

	private static String classPath() {
		return origin(HiaiMemory.class) + File.pathSeparator + origin(Side.class);
	}

	private static Path origin(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private static TraceReport onlyReport(Path traces) throws IOException {
		try (TraceReader reader = TraceReader.open(onlyFile(traces))) {
			return TraceReport.of(reader);
		}
	}

	private static Path onlyFile(Path traces) throws IOException {
		List<Path> files;
		try (var listed = Files.list(traces)) {
			files = listed.toList();
		}
		assertEquals(1, files.size(), files::toString);
		assertFalse(files.get(0).toString().endsWith(".part"));
		return files.get(0);
	}
}
