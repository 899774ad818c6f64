// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.model.trace.TraceReport;
import org.heaplens.runtime.HiaiMemory;

/** An example, compiled into a folder, and what its runs said. */
final class Example {
	private static final int LONGEST_RUN_SECONDS = 120;

	private final Path sources;
	private final Path folder;
	private final String classPath;

	/** What a run printed and recorded. */
	record Run(int exitCode, String out, String err, List<TraceReport> reports) {}

	/** @param folder for classes and traces */
	Example(String name, Path folder) throws IOException {
		this.sources = Path.of("../../examples", name, "src/pipeline");
		this.folder = folder;
		Path classes = Files.createDirectories(folder.resolve("classes"));
		this.classPath = Stream.of(classes.toString(), origin(HiaiMemory.class), origin(Side.class))
				.collect(Collectors.joining(File.pathSeparator));
		var arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror", "-cp", classPath, "-d", classes.toString()));
		try (Stream<Path> files = Files.list(sources)) {
			files.map(Path::toString).forEach(arguments::add);
		}
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
	}

	/** Runs it in a JVM of its own. */
	Run run(String... options) throws IOException, InterruptedException {
		Path traces = Files.createTempDirectory(folder, "traces");
		var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dheaplens.trace=" + traces, "-cp", classPath, "pipeline.Main"));
		command.addAll(List.of(options));
		Path out = folder.resolve("out");
		Path err = folder.resolve("err");
		Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
		try {
			assertTrue(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS), "still running");
		} finally {
			process.destroyForcibly();
		}
		return new Run(process.exitValue(), Files.readString(out), Files.readString(err), reports(traces));
	}

	/** Where the text stands first in a file: {@code Camera.java:27}. */
	String place(String file, String text) throws IOException {
		String source = Files.readString(sources.resolve(file));
		assertTrue(source.contains(text), text);
		return file + ":" + source.substring(0, source.indexOf(text)).lines().count();
	}

	private static List<TraceReport> reports(Path traces) throws IOException {
		var reports = new ArrayList<TraceReport>();
		try (Stream<Path> files = Files.list(traces)) {
			for (Path file : files.toList()) {
				try (TraceReader reader = TraceReader.open(file)) {
					reports.add(TraceReport.of(reader));
				}
			}
		}
		return reports;
	}

	private static String origin(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
