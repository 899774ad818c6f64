// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.jdt.internal.Analysis;
import org.heaplens.lint.jdt.internal.Fixes;

/** Finds misused blocks in Java sources. Stateless; threads may share it. */
public final class JavaLinter {
	/**
	 * Analyses a syntax tree, with or without bindings.
	 *
	 * @param unit   the tree of {@code source}
	 * @param source the text the tree was made from
	 * @param file   how findings shall name the file
	 * @return in source order, each with the fixes that were verified on the fixed text
	 */
	public List<Finding> lint(CompilationUnit unit, String source, String file) {
		var text = new SourceText(file, source);
		return Fixes.add(Analysis.of(unit, text).diagnoses(), unit, text);
	}

	/**
	 * Parses and analyses files.
	 *
	 * @param paths     files, and folders to search for {@code .java} files
	 * @param classPath folders and jars that resolve types; may be empty
	 * @param cancelled asked before each file; true ends the run with what was found so far
	 * @return findings name their file by its path as given, with slashes
	 */
	public LintResult lint(List<Path> paths, List<Path> classPath, BooleanSupplier cancelled) {
		var run = new FileRun(classPath);
		for (Path path : run.sources(paths)) {
			if (cancelled.getAsBoolean()) {
				break;
			}
			run.lint(path);
		}
		return run.result();
	}
}
