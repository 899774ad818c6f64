// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.jdt.JavaLinter;
import org.heaplens.lint.jdt.internal.Parsing;

/** Edits files again and again, and prints how many milliseconds a look at each took. A JVM of its own. */
final class LintEdits {
	private static final int WARM = 300;
	private static final int MEASURED = 300;

	private LintEdits() {}

	/** @param arguments the sources and the class path */
	public static void main(String[] arguments) throws IOException {
		List<Path> files;
		try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
			files = all.filter(JavaLinter::isSource).sorted().limit(50).toList();
		}
		var linter = new JavaLinter();
		for (int edit = 0; edit < WARM + MEASURED; edit++) {
			Path file = files.get(edit % files.size());
			String text = Files.readString(file).replace("return -3;", "int edit = " + edit + "; return -3;");
			CompilationUnit unit = Parsing.parse(text, file.getFileName().toString(), new String[]{arguments[1]}, new String[0]);
			long began = System.nanoTime();
			linter.lint(unit, text, file.toString());
			if (edit >= WARM) {
				System.out.println((System.nanoTime() - began) / 1e6);
			}
		}
	}
}
