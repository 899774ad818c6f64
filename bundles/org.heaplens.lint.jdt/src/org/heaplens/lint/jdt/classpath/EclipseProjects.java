// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code .classpath}. A project beside this one stands for the one of that name in the workspace. One thread. */
final class EclipseProjects {
	static final String FILE = ".classpath";
	private static final String MAVEN_VARIABLE = "M2_REPO/";

	private final Path repository;
	private final List<String> notes;
	private final Set<Path> seen = new HashSet<>();

	EclipseProjects(Path repository, List<String> notes) {
		this.repository = repository;
		this.notes = notes;
	}

	/** What the project compiles into and against; nothing if it was asked for before. */
	List<Path> of(Path project) {
		Path file = project.resolve(FILE);
		var entries = new ArrayList<Path>();
		if (!seen.add(project) || !Files.isRegularFile(file)) {
			return entries;
		}
		try {
			for (XmlElement entry : XmlElement.read(file).children("classpathentry")) {
				String path = entry.attribute("path");
				switch (entry.attribute("kind")) {
					case "output" -> entries.add(project.resolve(path));
					case "lib" -> entries.add(path(project, path));
					case "var" -> {
						if (path.startsWith(MAVEN_VARIABLE)) {
							entries.add(repository.resolve(path.substring(MAVEN_VARIABLE.length())));
						}
					}
					case "src" -> {
						if (path.startsWith("/")) {
							entries.addAll(of(path(project, path)));
						}
						if (!entry.attribute("output").isEmpty()) {
							entries.add(project.resolve(entry.attribute("output")));
						}
					}
					default -> {
						// Containers are known to Eclipse alone; those of Maven and Gradle are read from their files.
					}
				}
			}
		} catch (IOException e) {
			notes.add(file + ": " + e.getMessage());
		}
		return entries;
	}

	/** A path from the workspace begins with a project; one that exists as it is, is one of the file system. */
	private static Path path(Path project, String path) {
		Path workspace = project.getParent();
		if (!path.startsWith("/") || Files.exists(Path.of(path)) || workspace == null) {
			return project.resolve(path);
		}
		return workspace.resolve(path.substring(1));
	}
}
