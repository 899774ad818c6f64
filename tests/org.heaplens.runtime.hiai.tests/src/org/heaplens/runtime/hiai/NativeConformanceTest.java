// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.heaplens.runtime.hiai.Child.Ended;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios that need neither graph nor virtual time, from Java through our native library, each in a process of its own. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class NativeConformanceTest {
	/** Tests run in the folder of their own bundle. */
	private static final Path FOLDER = Path.of("../conformance");

	@TempDir
	Path traces = Path.of("");

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.filter(file -> file.toString().endsWith(".scenario")).filter(NativeConformanceTest::canBePlayed).sorted().toList();
		}
	}

	/** Time goes on by itself here, and in strict mode the process ends. */
	private static boolean canBePlayed(Path file) {
		try {
			return Files.readAllLines(file).stream().noneMatch(line -> line.matches("(graph|engine|connect|advance) .*|.*-> aborts.*"));
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private static Ended play(Path file, Path folder) throws IOException, InterruptedException {
		Map<String, String> settings = new HashMap<>();
		for (String line : Files.readAllLines(file)) {
			String[] words = line.split("\\s+");
			if (words[0].equals("set")) {
				settings.put(words[1], words[2]);
			}
		}
		settings.putAll(Map.of("driver", "native", "library", Natives.own().toString(), "jni", Natives.jni().toString(), "trace",
				folder.toString()));
		return Child.run(Child.jdks().get(0), settings, ScenarioProgram.class, file.toString(), folder.toString());
	}

	@TestFactory
	Stream<DynamicTest> scenarios() throws IOException {
		List<Path> files = files();
		assertTrue(files.size() > 20, files::toString);
		return files.stream().map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), file.toUri(),
				() -> assertEquals(new Ended(0, "held\n"), play(file, Files.createTempDirectory(traces, "run")))));
	}

	/** A player that finds nothing wrong with anything would be of no use. */
	@Test
	void aScenarioThatIsNotHeldIsFound() throws Exception {
		Path file = traces.resolve("wrong.scenario");
		String right = Files.readString(FOLDER.resolve("1.4-double-free.scenario"));
		for (String[] change : new String[][]{{"!DOUBLE_FREE", "!NOT_A_BLOCK"}, {"@0+1024", "@64+1024"}, {"FREE MISUSE", "MISUSE"},
			{"blocks host -", "blocks host 0+64"}}) {
			Files.writeString(file, right.replace(change[0], change[1]));
			Ended ended = play(file, Files.createTempDirectory(traces, "run"));
			assertEquals(1, ended.code());
			assertTrue(ended.output().contains("AssertionError: wrong.scenario:"), ended::output);
		}
	}
}
