// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

import org.heaplens.model.trace.TraceReport;
import org.heaplens.model.trace.TraceReport.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePipelineTest {
	@TempDir
	Path folder = Path.of("");

	@Test
	void correctOneLeavesNothingBehind() throws Exception {
		var run = new Example("image-pipeline", folder).run("--frames", "60", "--seed", "7");
		assertEquals(0, run.exitCode(), run::err);
		assertEquals("", run.err());
		TraceReport report = run.reports().get(0);
		assertEquals(State.ENDED, report.state());
		report.heaps().forEach(heap -> {
			assertEquals(0, heap.blockCount(), heap.heap().name());
			assertEquals(0, heap.misuses(), heap.heap().name());
			assertTrue(heap.allocations() > 100, heap.heap().name());
		});
	}

	@Test
	void leakingOneLeavesBlocksFromThreePlaces() throws Exception {
		var example = new Example("image-pipeline-leaking", folder);
		var run = example.run("--frames", "60", "--seed", "7");
		assertEquals(0, run.exitCode(), run::err);
		Set<String> places = run.reports().get(0).sites().stream().map(site -> site.stack().get(0))
				.map(frame -> frame.file() + ":" + frame.line()).collect(Collectors.toSet());
		assertEquals(Set.of(example.place("Camera.java", "HiaiBuffer pixels ="), example.place("Detector.java", "HiaiBuffer half ="),
				example.place("Archive.java", "HiaiBuffer strip =")), places);
		assertTrue(run.reports().get(0).leaked());
	}

	@Test
	void sameSeedGivesTheSameTotals() throws Exception {
		var example = new Example("image-pipeline", folder);
		String first = example.run("--frames", "20", "--seed", "7").out();
		assertEquals(first, example.run("--frames", "20", "--seed", "7").out());
		assertNotEquals(first, example.run("--frames", "20", "--seed", "8").out());
	}

	@ParameterizedTest
	@ValueSource(strings = {"--fast", "--seconds", "--seconds 0", "--frames many", "--seed 1.5"})
	void badOptionGetsOneLineAndCodeTwo(String options) throws Exception {
		var run = new Example("image-pipeline", folder).run(options.split(" "));
		assertEquals(2, run.exitCode());
		assertEquals(1, run.err().lines().count(), run::err);
		assertEquals("", run.out());
	}
}
