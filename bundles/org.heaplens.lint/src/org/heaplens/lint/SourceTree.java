// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Source files below paths that a user names. Immutable.
 *
 * @param files    each once, ordered by name; named as the user's path begins
 * @param problems what could not be searched
 */
public record SourceTree(List<Path> files, List<LintProblem> problems) {
	public SourceTree {
		files = List.copyOf(files);
		problems = List.copyOf(problems);
	}

	/**
	 * Follows a link that the user names, and none inside: those may lead in a circle. What cannot be read costs only itself.
	 *
	 * @param paths    files, and folders to search
	 * @param wanted   files, by their name
	 * @param excluded files and whole folders that are left out
	 */
	public static SourceTree find(List<Path> paths, Predicate<Path> wanted, Predicate<Path> excluded) {
		var search = new Search(wanted, excluded, new TreeSet<>(), new ArrayList<>());
		for (Path path : paths) {
			if (!Files.exists(path)) {
				search.problems().add(new LintProblem(name(path), 0, "There is no such file or folder"));
				continue;
			}
			try {
				search.below(path);
			} catch (IOException e) {
				search.problems().add(unreadable(path, e));
			}
		}
		return new SourceTree(List.copyOf(search.files()), search.problems());
	}

	/** How findings name a file: as the user does, with slashes. */
	public static String name(Path path) {
		return path.toString().replace('\\', '/');
	}

	/** The problem of a file or folder that cannot be read. */
	public static LintProblem unreadable(Path path, @Nullable IOException failure) {
		// The JDK says no more than the name of the file.
		return new LintProblem(name(path), 0,
				"Cannot be read: " + (failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure)));
	}

	private record Search(Predicate<Path> wanted, Predicate<Path> excluded, Set<Path> files, List<LintProblem> problems) {
		void below(Path path) throws IOException {
			Path real = path.toRealPath();
			Files.walkFileTree(real, new SimpleFileVisitor<Path>() {
				@Override
				public FileVisitResult preVisitDirectory(Path folder, @Nullable BasicFileAttributes attributes) {
					return excluded.test(asGiven(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, @Nullable BasicFileAttributes attributes) {
					Path named = asGiven(file);
					if (wanted.test(file) && Files.isRegularFile(file) && !excluded.test(named)) {
						files.add(named);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, @Nullable IOException failure) {
					problems.add(unreadable(asGiven(file), failure));
					return FileVisitResult.CONTINUE;
				}

				private Path asGiven(Path file) {
					return file.equals(real) ? path : path.resolve(real.relativize(file));
				}
			});
		}
	}
}
