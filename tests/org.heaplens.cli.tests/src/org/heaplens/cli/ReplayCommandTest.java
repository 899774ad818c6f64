// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
	private static final int MEBIBYTE = 1 << 20;

	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@Test
	void theSameHeapGivesTheSameOffsets() throws IOException {
		assertEquals(Main.FINE, run("replay", threeBlocks()));
		String text = out.toString();
		assertTrue(text.contains("host          16 MiB, as recorded"), text);
		assertTrue(text.contains("  requests    3\n"), text);
		assertTrue(text.contains("  peak        7 MiB\n"), text);
		assertTrue(text.contains("  exact       the same offsets as recorded"), text);
		assertEquals("heaplens: everything finds room\n", err.toString());
	}

	@Test
	void aPolicyThatDiffersIsSaidToDiffer() throws IOException {
		try (var recorder = new TraceRecorder(folder)) {
			// A hole of 2 MiB in front; then first fit takes it, while the recording took the end.
			recorder.allocate(0, 2 * MEBIBYTE);
			recorder.allocate(2 * MEBIBYTE, MEBIBYTE);
			recorder.free(0, 2 * MEBIBYTE);
			recorder.allocate(3 * MEBIBYTE, MEBIBYTE);
			assertEquals(Main.FINE, run("replay", "--policy", "first-fit", recorder.end().toString()));
		}
		assertTrue(out.toString().contains("  differs     since #4 at "), out::toString);
		assertTrue(out.toString().contains("the recording has a block at 3145728, the replay at 0"), out::toString);
	}

	@Test
	void whatDoesNotFitIsNamed() throws IOException {
		assertEquals(Main.FOUND, run("replay", "--heap", "host=6M", "--timeout", "0s", threeBlocks()));
		assertTrue(out.toString().contains("host          6 MiB, recorded with 16 MiB"), out::toString);
		assertTrue(out.toString().contains("  time-outs   1 (recorded: 0)"), out::toString);
		assertTrue(out.toString().contains("app.Camera.process(Camera.java:27)"), out::toString);
		assertEquals("heaplens: 1 request without room\n", err.toString());
	}

	@Test
	void theSmallestHeapIsFound() throws IOException {
		assertEquals(Main.FINE, run("replay", "--smallest", "--timeout", "0s", threeBlocks()));
		assertEquals("""
				HEAP      SMALLEST  RECORDED   PEAK  WAITS  LONGEST
				host         7 MiB    16 MiB  7 MiB      0     0 ns
				device 0     1 MiB    64 MiB    0 B      0     0 ns
				""", out.toString());
	}

	@Test
	void theAnswerComesAsJson() throws IOException {
		assertEquals(Main.FINE, run("replay", "--format", "json", threeBlocks()));
		assertTrue(out.toString().contains("\"exact\": true"), out::toString);
		assertEquals(Main.FINE, run("replay", "--smallest", "--timeout", "0s", "--format", "json", threeBlocks()));
		assertTrue(out.toString().contains("\"smallest\": 7340032"), out::toString);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "no-such-file", "--policy magic FILE", "--heap 4G FILE", "--heap npu=4G FILE", "--heap host=much FILE",
		"--heap host=1K FILE", "--smallest --heap host=4G FILE", "--timeout never FILE"})
	void badInputGetsOneLineAndCodeTwo(String line) throws IOException {
		assertEquals(Main.COULD_NOT_RUN, run(("replay " + line.replace("FILE", threeBlocks())).split(" ")));
		assertEquals("", out.toString());
		assertTrue(err.toString().startsWith("heaplens: "), err::toString);
		assertEquals(1, err.toString().lines().count(), err::toString);
	}

	/** At their best places. */
	private String threeBlocks() throws IOException {
		try (var recorder = new TraceRecorder(folder)) {
			recorder.allocate(0, MEBIBYTE);
			recorder.allocate(MEBIBYTE, 2 * MEBIBYTE);
			recorder.allocate(3 * MEBIBYTE, 4 * MEBIBYTE);
			recorder.free(MEBIBYTE, 2 * MEBIBYTE);
			return recorder.end().toString();
		}
	}

	private int run(String... arguments) {
		return Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
	}
}
