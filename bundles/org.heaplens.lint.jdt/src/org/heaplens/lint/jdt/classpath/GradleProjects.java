// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks into what Gradle has built, and for the dependencies that a build file names in so many words. Stateless. */
final class GradleProjects {
	static final String FILE = "build.gradle";
	static final String KOTLIN_FILE = "build.gradle.kts";
	/** {@code "group:name:version"}, in either quotes. */
	private static final Pattern DEPENDENCY = Pattern.compile("[\"']([\\w.-]+):([\\w.-]+):([\\w.-]+)[\"']");
	/** {@code project(":name")}. */
	private static final Pattern PROJECT = Pattern.compile("project\\s*\\(\\s*(?:path\\s*[:=]\\s*)?[\"']:([\\w.:-]+)[\"']");
	private static final List<String> OUTPUTS = List.of("build/classes/java/main", "build/classes/java/test", "build/classes/kotlin/main",
			"build/classes/groovy/main", "bin/main");

	private GradleProjects() {}

	/** @param home of Gradle, with its caches */
	static List<Path> of(Path project, Path home, List<String> notes) {
		var entries = new ArrayList<Path>();
		for (String name : List.of(FILE, KOTLIN_FILE)) {
			Path file = project.resolve(name);
			if (Files.isRegularFile(file)) {
				outputs(project, entries);
				try {
					String text = Files.readString(file);
					Matcher sibling = PROJECT.matcher(text);
					while (sibling.find()) {
						outputs(root(project).resolve(sibling.group(1).replace(':', '/')), entries);
					}
					Matcher dependency = DEPENDENCY.matcher(text);
					while (dependency.find()) {
						cached(home, dependency, entries);
					}
				} catch (IOException e) {
					notes.add(file + ": cannot be read: " + e.getMessage());
				}
			}
		}
		return entries;
	}

	private static void outputs(Path project, List<Path> entries) {
		OUTPUTS.forEach(output -> entries.add(project.resolve(output)));
	}

	/** The folder that names of projects start from: the nearest one with settings. */
	private static Path root(Path project) {
		for (Path above = project; above != null; above = above.getParent()) {
			if (Files.exists(above.resolve("settings.gradle")) || Files.exists(above.resolve("settings.gradle.kts"))) {
				return above;
			}
		}
		return project;
	}

	/** The cache has a folder with a checksum around each file. */
	private static void cached(Path home, Matcher dependency, List<Path> entries) throws IOException {
		Path folder = home.resolve("caches/modules-2/files-2.1").resolve(dependency.group(1)).resolve(dependency.group(2))
				.resolve(dependency.group(3));
		if (Files.isDirectory(folder)) {
			String jar = dependency.group(2) + "-" + dependency.group(3) + ".jar";
			try (Stream<Path> files = Files.find(folder, 2, (file, attributes) -> file.endsWith(jar))) {
				files.sorted().findFirst().ifPresent(entries::add);
			}
		}
	}
}
