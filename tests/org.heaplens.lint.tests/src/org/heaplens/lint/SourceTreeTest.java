// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
	private static final Predicate<Path> JAVA = file -> file.toString().endsWith(".java");

	@TempDir
	Path folder = Path.of("");

	private Path file(String name) throws IOException {
		Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.createFile(file);
	}

	@Test
	void filesAreFoundOnceInTheOrderOfTheirNames() throws IOException {
		Path second = file("b/B.java");
		Path first = file("a/A.java");
		file("a/notes.txt");
		assertEquals(List.of(first, second), SourceTree.find(List.of(folder, second), JAVA, path -> false).files());
	}

	@Test
	void whatIsExcludedIsNotFound() throws IOException {
		Path kept = file("src/A.java");
		file("gen/B.java");
		file("src/C.java");
		Predicate<Path> excluded = path -> path.endsWith("gen") || path.endsWith("C.java");
		assertEquals(List.of(kept), SourceTree.find(List.of(folder), JAVA, excluded).files());
	}

	@Test
	void linksInsideAreNotFollowed() throws IOException {
		Path kept = file("src/A.java");
		Files.createSymbolicLink(folder.resolve("src/circle"), folder);
		assertEquals(List.of(kept), SourceTree.find(List.of(folder), JAVA, path -> false).files());
	}

	@Test
	void whatIsMissingIsAProblem() {
		SourceTree tree = SourceTree.find(List.of(folder.resolve("gone")), JAVA, path -> false);
		assertEquals(List.of("There is no such file or folder"), tree.problems().stream().map(LintProblem::message).toList());
	}
}
