// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.heaplens.model.Side;
import org.heaplens.runtime.HiaiMemory;

/** Programs in JVMs of their own: a process has one driver. */
final class Child {
	/** Below, no option is known that could be given, and no warning is printed that it avoids. */
	private static final int KNOWS_NATIVE_ACCESS = 22;

	/** No program here takes that long. */
	private static final long HANG_SECONDS = 60;

	private Child() {}

	/** Exit code and everything that was printed. */
	record Ended(int code, String output) {}

	/** A JDK of this machine. */
	record Jdk(Path home, int version) {
		@Override
		public String toString() {
			return "JDK " + version;
		}

		private List<String> launcher() {
			String java = home.resolve("bin/java").toString();
			return version < KNOWS_NATIVE_ACCESS ? List.of(java) : List.of(java, "--enable-native-access=ALL-UNNAMED");
		}
	}

	/** The JDKs of this machine on which the runtime is to work, among them the one that runs this. */
	static List<Jdk> jdks() throws IOException {
		var found = new ArrayList<Path>(List.of(Path.of(System.getProperty("java.home")).toRealPath()));
		Path usual = Path.of("/usr/lib/jvm");
		if (Files.isDirectory(usual)) {
			try (Stream<Path> folders = Files.list(usual)) {
				for (Path folder : folders.filter(path -> Files.isExecutable(path.resolve("bin/java"))).sorted().toList()) {
					found.add(folder.toRealPath());
				}
			}
		}
		var jdks = new ArrayList<Jdk>();
		for (Path home : found.stream().distinct().toList()) {
			int version = version(home);
			if (version >= 17) {
				jdks.add(new Jdk(home, version));
			}
		}
		return jdks;
	}

	private static int version(Path home) throws IOException {
		String release = Files.readString(home.resolve("release"));
		return Integer.parseInt(release.replaceAll("(?s).*JAVA_VERSION=\"(\\d+).*", "$1"));
	}

	/** Runs a class of these tests, with properties {@code heaplens.*} by their keys. */
	static Ended run(Jdk jdk, Map<String, String> settings, Class<?> program, String... arguments)
			throws IOException, InterruptedException {
		return run(jdk, settings, List.of(), classPath(), program, arguments);
	}

	/** The same with options for the JVM and another class path. */
	static Ended run(Jdk jdk, Map<String, String> settings, List<String> options, List<Path> classPath, Class<?> program,
			String... arguments) throws IOException, InterruptedException {
		var command = new ArrayList<>(jdk.launcher());
		command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
				classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
		settings.forEach((key, value) -> command.add("-Dheaplens." + key + "=" + value));
		command.addAll(options);
		command.add(program.getName());
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile("heaplens", ".output");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
			if (!process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly().waitFor();
				throw new AssertionError(command + " does not end; it has printed " + Files.readString(output));
			}
			return new Ended(process.exitValue(), Files.readString(output));
		} finally {
			Files.delete(output);
		}
	}

	/** These tests, and what they test. */
	static List<Path> classPath() {
		return Stream.of(Child.class, NativeDriver.class, HiaiMemory.class, Side.class).map(Child::origin).distinct().toList();
	}

	/** Where a class was loaded from. */
	static Path origin(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
