// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build has installed the feature into a plain Eclipse, in this test's target folder. */
class InstalledFeatureTest {
	private static final Path ECLIPSE = Path.of("target/eclipse").toAbsolutePath();

	@TempDir
	Path folder = Path.of("");

	@Test
	void directorInstalledTheFeature() throws IOException {
		String bundles = Files.readString(ECLIPSE.resolve("configuration/org.eclipse.equinox.simpleconfigurator/bundles.info"));
		for (String bundle : List.of("org.heaplens.model", "org.heaplens.runtime", "org.heaplens.junit", "org.heaplens.lint",
				"org.heaplens.lint.jdt",
				"org.heaplens.ui.lint", "org.heaplens.ui.heap")) {
			assertTrue(bundles.contains("\n" + bundle + ","), bundle);
		}
	}

	@Test
	void eclipseShowsHeapsAndLeaks() throws IOException, InterruptedException {
		Path log = folder.resolve("log");
		Process eclipse = new ProcessBuilder(java(), "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "-jar", launcher().toString(),
				"-nosplash", "-data",
				folder.resolve("workspace").toString(), "-application", "org.heaplens.ide.demo", "-examples",
				Path.of("../../examples").toAbsolutePath().normalize().toString(), "-pictures", folder.toString()).redirectErrorStream(true)
				.redirectOutput(log.toFile()).start();
		try {
			assertTrue(eclipse.waitFor(5, TimeUnit.MINUTES), "still running");
			assertEquals(0, eclipse.exitValue(), () -> text(log));
		} finally {
			eclipse.destroyForcibly();
		}
		assertTrue(Files.size(folder.resolve("1-heaps-live.png")) > 0);
	}

	private static Path launcher() throws IOException {
		try (Stream<Path> plugins = Files.list(ECLIPSE.resolve("plugins"))) {
			return plugins.filter(plugin -> plugin.getFileName().toString().startsWith("org.eclipse.equinox.launcher_")).findFirst()
					.orElseThrow();
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		} catch (IOException e) {
			return e.toString();
		}
	}
}
