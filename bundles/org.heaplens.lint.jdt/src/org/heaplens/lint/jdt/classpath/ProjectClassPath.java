// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The class path of sources, read from Eclipse's {@code .classpath}, Maven's {@code pom.xml} and Gradle's {@code build.gradle}, as far as
 * what they name is on this machine. Immutable.
 *
 * @param entries folders and jars that exist, each once; those of Eclipse come first, then Maven's, then Gradle's
 * @param notes   what could not be read or found, each in one line for a user; the rest was
 */
public record ProjectClassPath(List<Path> entries, List<String> notes) {
	/** Folders of a tree that hold no projects of their own. */
	private static final Set<String> SKIPPED = Set.of("target", "build", "bin", "out", "node_modules", "src");
	private static final int DEEPEST = 8;

	public ProjectClassPath {
		entries = List.copyOf(entries);
		notes = List.copyOf(notes);
	}

	/**
	 * Of the project that each path is in, and of those below it.
	 *
	 * @param paths      files and folders that exist
	 * @param repository Maven's local one; need not exist
	 * @param gradle     Gradle's home with its caches; need not exist
	 */
	public static ProjectClassPath of(List<Path> paths, Path repository, Path gradle) {
		var projects = new LinkedHashSet<Path>();
		var notes = new ArrayList<String>();
		for (Path path : paths) {
			Path whole = path.toAbsolutePath().normalize();
			Path folder = Files.isDirectory(whole) ? whole : whole.getParent();
			for (Path above = folder; above != null; above = above.getParent()) {
				if (isProject(above)) {
					projects.add(above);
					break;
				}
			}
			if (Files.isDirectory(whole)) {
				below(whole, projects, notes);
			}
		}
		var entries = new LinkedHashSet<Path>();
		var eclipse = new EclipseProjects(repository, notes);
		var maven = new MavenProjects(repository, notes);
		projects.forEach(project -> entries.addAll(eclipse.of(project)));
		projects.forEach(project -> entries.addAll(maven.of(project)));
		projects.forEach(project -> entries.addAll(GradleProjects.of(project, gradle, notes)));
		projects.forEach(project -> entries.addAll(jars(project, notes)));
		return new ProjectClassPath(entries.stream().filter(Files::exists).toList(), notes);
	}

	private static boolean isProject(Path folder) {
		return Stream.of(EclipseProjects.FILE, MavenProjects.FILE, GradleProjects.FILE, GradleProjects.KOTLIN_FILE)
				.anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
	}

	/** In the order of names; links are not followed. */
	private static void below(Path folder, Set<Path> projects, List<String> notes) {
		var found = new TreeSet<Path>();
		try {
			Files.walkFileTree(folder, Set.of(), DEEPEST, new SimpleFileVisitor<Path>() {
				@Override
				public FileVisitResult preVisitDirectory(Path each, @Nullable BasicFileAttributes attributes) {
					String name = String.valueOf(each.getFileName());
					if (!each.equals(folder) && (name.startsWith(".") || SKIPPED.contains(name))) {
						return FileVisitResult.SKIP_SUBTREE;
					}
					if (isProject(each)) {
						found.add(each);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path each, @Nullable IOException failure) {
					return FileVisitResult.CONTINUE; // who looks for sources there says so
				}
			});
		} catch (IOException e) {
			notes.add(folder + ": cannot be searched for projects: " + e.getMessage());
		}
		projects.addAll(found);
	}

	/** Jars that lie in the project itself, where people put them who have no build that fetches them. */
	private static List<Path> jars(Path project, List<String> notes) {
		var jars = new ArrayList<Path>();
		for (String name : List.of("lib", "libs")) {
			Path folder = project.resolve(name);
			if (Files.isDirectory(folder)) {
				try (Stream<Path> files = Files.list(folder)) {
					files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
				} catch (IOException e) {
					notes.add(folder + ": cannot be searched for jars: " + e.getMessage());
				}
			}
		}
		return jars;
	}
}
