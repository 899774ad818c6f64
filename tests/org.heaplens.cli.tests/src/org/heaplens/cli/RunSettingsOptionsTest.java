// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code heaplens run} hands on of its settings. */
class RunSettingsOptionsTest {
	@TempDir
	Path folder = Path.of("");

	private final StringWriter err = new StringWriter();

	private int run(String... arguments) {
		return Main.execute(arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
	}

	@Test
	void aProgramAndAGraphFileMeetTheSettingsOfTheFileAndOfTheCommandLine() throws IOException {
		Path config = Files.writeString(folder.resolve("other.toml"), "device.count = 2\nhost.capacity = \"1M\"\n");
		Path graph = Files.writeString(folder.resolve("graph.config"), """
				graphs { graph_id: 1 device_id: "2" engines { id: 1 engine_name: "Sink" side: DEVICE thread_num: 1 } }
				""");
		Path program = Files.writeString(folder.resolve("Two.java"), """
				import java.util.Map;
				import org.heaplens.runtime.*;
				public class Two {
					static class Sink extends Engine {
						public HiaiStatus process(int port, Object message) {
							return HiaiStatus.OK;
						}
					}
					public static void main(String[] arguments) throws Exception {
						int fits = HiaiMemory.dMalloc(3 << 20, 0, MemoryAttr.MANUAL_FREE) == null ? 0 : 1;
						Graph.create(java.nio.file.Path.of(arguments[0]), EngineFactory.of(Map.of("Sink", Sink::new)));
						System.exit(40 + fits);
					}
				}
				""");
		String java = ProcessHandle.current().info().command().orElse("java");
		assertEquals(41, run("run", "--trace", folder.resolve("traces").toString(), "--config", config.toString(), "--set",
				"host.capacity=4M", "--set", "device.count=3", "--", java, program.toString(), graph.toString()), err::toString);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			host.capacity=4T   | heaplens: host.capacity is '4T'; it has to be a number of bytes from 1M to 64G, such as 512M or 2G
			host.capcity=4G    | heaplens: there is no setting host.capcity; did you mean host.capacity?
			host.capacity      | heaplens: 'host.capacity' sets nothing; write KEY=VALUE, such as host.capacity=512M
			trace=x            | heaplens: trace belongs to a run, and is not set here; use --trace, or HEAPLENS_TRACE
			""")
	void aSettingThatCannotBeIsOneLine(String setting, String line) {
		Path traces = folder.resolve("traces");
		assertEquals(Main.COULD_NOT_RUN, run("run", "--trace", traces.toString(), "--set", setting, "--", "true"));
		assertEquals(List.of(line), err.toString().lines().toList());
		assertEquals(false, Files.exists(traces));
	}

	@Test
	void aFileThatCannotBeIsOneLineWithItsPlace() throws IOException {
		Path config = Files.writeString(folder.resolve("heaplens.toml"), "[simulator]\nrc = 1\n");
		assertEquals(Main.COULD_NOT_RUN, run("run", "--config", config.toString(), "--", "true"));
		assertEquals(List.of("heaplens: " + config + ":2:1: simulator.rc is 1; it has to be true or false, without quotes"),
				err.toString().lines().toList());
	}
}
