// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process that has ended said.
 *
 * @param code its exit code
 */
record Started(int code, String out, String err) {
	/** Where this checkout is; tests run in their module. */
	static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
	/** The whole program in one jar, as Maven gets it. */
	static final Path JAR = HOME.resolve("bundles/heaplens-maven-plugin/target/heaplens-maven-plugin-0.1.0-SNAPSHOT.jar");

	static ProcessBuilder heaplens(Path folder, Object... arguments) {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		var line = new ArrayList<String>(
				List.of(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", JAR.toString(), "org.heaplens.cli.Main"));
		Stream.of(arguments).map(String::valueOf).forEach(line::add);
		return new ProcessBuilder(line).directory(folder.toFile());
	}

	static Started run(ProcessBuilder program, Path files) throws IOException, InterruptedException {
		Path out = Files.createTempFile(files, "out", ".txt");
		Path err = Files.createTempFile(files, "err", ".txt");
		Process process = program.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
		if (!process.waitFor(5, TimeUnit.MINUTES)) {
			process.destroyForcibly();
			throw new IOException(program.command() + " does not end");
		}
		return new Started(process.exitValue(), Files.readString(out), Files.readString(err));
	}
}
