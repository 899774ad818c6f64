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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

class TraceCommandsTest {
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@Test
	void leaksAreGroupedBySite() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", leaking()));
		assertEquals("""
				3 blocks, 3 MiB leaked, from 2 sites

				BYTES  BLOCKS  HEAP  FLAG  AGE  THREAD  ENGINE  SITE
				2 MiB  2  host  MANUAL_FREE  <t>  main  -  app.Camera.process(Camera.java:27)
				1 MiB  1  device 0  RECEIVED  <t>  worker  Detector  app.Detector.edges(Detector.java:33)
				""", withoutTimes());
	}

	@Test
	void leaksShowWholeStacks() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", "--stacks", leaking()));
		assertTrue(out.toString().contains("\n      at app.Camera.process(Camera.java:27)\n      at app.Main.main(Main.java:5)\n"),
				out::toString);
	}

	@Test
	void leaksShowAnyMoment() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", "--at", "host#3", leaking()));
		assertTrue(out.toString().contains("11 MiB       3  host"), out::toString);
	}

	@Test
	void leaksAtTheBeginningAreNone() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", "--at", "0s", leaking()));
		assertEquals("no block is live at <t>\n", withoutTimes());
	}

	@Test
	void youngBlocksAreLeftOut() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", "--min-age", "1h", leaking()));
		assertEquals("no block is leaked, 1h old or older\n", out.toString());
	}

	@Test
	void leaksOfACleanProgramAreNone() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", TraceRecorder.clean(folder).toString()));
		assertEquals("no block is leaked\n", out.toString());
	}

	@Test
	void leaksOfMachineCodeHaveFunctionsAsFarAsTheyAreKnown() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", "--stacks", TraceRecorder.machineCode(folder).toString()));
		assertTrue(out.toString().contains("at libcamera.so+0x1c4" + System.lineSeparator()), out::toString);
		assertTrue(out.toString().contains("at camera::main(camera)" + System.lineSeparator()), out::toString);
	}

	@Test
	void leaksComeAsJson() throws IOException {
		assertEquals(Main.FINE, run("trace", "leaks", "--format", "json", leaking()));
		requireJson(out.toString());
		assertTrue(out.toString().contains("\"site\": \"app.Camera.process(Camera.java:27)\""), out::toString);
		assertTrue(out.toString().contains("\"bytes\": 2097152"), out::toString);
	}

	@Test
	void statisticsCountWhatHappened() throws IOException {
		assertEquals(Main.FINE, run("trace", "stats", leaking()));
		String text = withoutTimes();
		assertTrue(text.contains("""
				host  16 MiB, 15 events, """), text);
		assertTrue(text.contains("""
				  allocated  5 blocks, 18 MiB (40 B more than asked for)
				  freed  3 by hand, 0 by the framework
				  live  2 blocks, 2 MiB at the end; peak 11 MiB at <t> (#3)
				"""), text);
		assertTrue(text.contains("  waits  1, 1 time-out (1 with room enough, but in pieces)\n"), text);
		assertTrue(text.contains("  misuses  1: DOUBLE_FREE 1\n"), text);
		assertTrue(text.contains("  sent  1 block, 1.0 MiB, 0 failed\n"), text);
		assertTrue(text.contains("worst 50.0% at <t> (largest hole 4 MiB of 8 MiB free)"), text);
	}

	@Test
	void statisticsListAsManySitesAsAskedFor() throws IOException {
		assertEquals(Main.FINE, run("trace", "stats", "--sites", "1", "--sort", "timeouts", leaking()));
		assertTrue(out.toString().contains("host  app.Detector.edges(Detector.java:33)"), out::toString);
		assertTrue(out.toString().endsWith("and 2 sites more; --sites 3 lists them all\n"), out::toString);
	}

	@Test
	void statisticsComeAsJson() throws IOException {
		assertEquals(Main.FINE, run("trace", "stats", "--format", "json", leaking()));
		requireJson(out.toString());
		assertTrue(out.toString().contains("\"DOUBLE_FREE\": 1"), out::toString);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--leaks 3                 | 0 |
			--leaks 2                 | 1 | violated: leaks: 3 blocks left (3 MiB), 2 allowed; worst: app.Camera.process(Camera.java:27) (2 MiB in 2 blocks)
			--peak 11M                | 0 |
			--peak host=10M           | 1 | violated: peak of host: 11 MiB at
			--peak device0=1M         | 0 |
			--max-live host=1M        | 1 | violated: live on host: 2 MiB at the end, 1 MiB allowed
			--no-timeouts             | 1 | violated: no time-outs: 1 time-out, 1 with room enough, but in pieces; worst: app.Detector.edges(Detector.java:33) (1)
			--max-wait 2ms            | 0 |
			--max-wait 10us           | 1 | violated: longest wait on host: up to 1.00 ms, 1 wait, 10.0 us allowed
			--max-fragmentation 60%   | 0 |
			--max-fragmentation 5%    | 1 | violated: fragmentation of host: 50.0% at
			--no-misuse               | 1 | violated: no misuse: 1 misuse, DOUBLE_FREE 1; worst: app.Camera.process(Camera.java:27) (1)
			--complete                | 0 |
			""")
	void checkHoldsARecordingToARule(String rule, int code, @org.eclipse.jdt.annotation.Nullable String line) throws IOException {
		String[] words = ("trace check " + rule).split(" ");
		String[] arguments = java.util.Arrays.copyOf(words, words.length + 1);
		arguments[words.length] = leaking();
		assertEquals(code, run(arguments), err::toString);
		assertTrue(out.toString().startsWith(line == null ? "" : line), out::toString);
		assertEquals(line == null ? 0 : 1, out.toString().lines().count(), out::toString);
	}

	@Test
	void checkWritesWhatBuildServersRead() throws IOException {
		Path report = folder.resolve("report.xml");
		assertEquals(Main.FOUND, run("trace", "check", "--leaks", "0", "--complete", "--junit", report.toString(), leaking()));
		String xml = Files.readString(report);
		assertTrue(xml.contains("tests=\"2\" failures=\"1\""), xml);
		assertTrue(xml.contains("<failure message=\"leaks: 3 blocks left"), xml);
	}

	@Test
	void checkNamesTheFileWhereThereAreSeveral() throws IOException {
		String clean = TraceRecorder.clean(folder).toString();
		String leaking = leaking();
		assertEquals(Main.FOUND, run("trace", "check", "--leaks", "0", clean, leaking));
		assertTrue(out.toString().startsWith(leaking + ": violated: leaks"), out::toString);
	}

	@ParameterizedTest
	@ValueSource(strings = {"leaks", "leaks --at soon FILE", "leaks --at #3 FILE", "leaks --at host#1000 FILE", "leaks --at npu#1 FILE",
		"leaks --min-age old FILE", "leaks --format xml FILE", "stats", "stats --sort beauty FILE", "check", "check FILE",
		"check --leaks few FILE",
		"check --peak device7=1G FILE", "check --peak much FILE", "check --max-fragmentation 200% FILE", "check --leaks 0 no-such-file",
		"leaks no-such-file", "stats ."})
	void badInputGetsOneLineAndCodeTwo(String line) throws IOException {
		String[] arguments = ("trace " + line.replace("FILE", leaking())).split(" ");
		assertEquals(Main.COULD_NOT_RUN, run(arguments));
		assertEquals("", out.toString());
		assertTrue(err.toString().startsWith("heaplens: "), err::toString);
		assertEquals(1, err.toString().lines().count(), err::toString);
	}

	@ParameterizedTest
	@ValueSource(strings = {"leaks", "stats", "check --leaks 0"})
	void whatIsNoTraceIsNamed(String command) throws IOException {
		Path file = Files.writeString(folder.resolve("notes.heaptrace"), "nothing of the kind");
		assertEquals(Main.COULD_NOT_RUN, run(("trace " + command + " " + file).split(" ")));
		assertTrue(err.toString().startsWith("heaplens: " + file + ": no HeapLens trace"), err::toString);
		assertEquals(1, err.toString().lines().count(), err::toString);
	}

	@Test
	void infoNamesEachOfSeveralFiles() throws IOException {
		String clean = TraceRecorder.clean(folder).toString();
		String leaking = leaking();
		assertEquals(Main.FINE, run("trace", "info", clean, leaking));
		assertTrue(out.toString().startsWith(clean + ":\nprocess "), out::toString);
		assertTrue(out.toString().contains("\n\n" + leaking + ":\nprocess "), out::toString);
	}

	private static void requireJson(String text) throws IOException {
		try (JsonParser parser = new JsonFactory().createParser(text)) {
			while (parser.nextToken() != null) {
				continue;
			}
		}
	}

	private String leaking() throws IOException {
		return TraceRecorder.leaking(folder).toString();
	}

	/** Times are as long as the machine takes, and columns as wide as the times in them. */
	private String withoutTimes() {
		String time = "-?[\\d.]+ (?:ns|us|ms|s)\\b";
		return out.toString().replaceAll(time + "(?: to " + time + ")?", "<t>").replaceAll("(?<=\\S) {2,}", "  ");
	}

	private int run(String... arguments) {
		return Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
	}
}
