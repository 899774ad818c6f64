// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.LintMonitor;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.SourceTree;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.ApiModels;
import org.heaplens.lint.jdt.internal.Analysis;
import org.heaplens.lint.jdt.internal.Fixes;

/** Finds misused blocks in Java sources. Immutable. */
public final class JavaLinter {
	private final ApiModel model;
	private final WordFilter words;

	/** Knows the HiAI API and the platform. */
	public JavaLinter() {
		this(ApiModels.builtIn());
	}

	/** @param model all that is known of functions without source, the HiAI API among them */
	public JavaLinter(ApiModel model) {
		this.model = model;
		this.words = new WordFilter(model);
	}

	/** Whether a text can have findings at all. Much faster than to look for them. */
	public boolean concerns(String source) {
		return words.concerns(source);
	}

	/**
	 * Ids of the fixes that findings of a rule may have, best first: told without looking for them.
	 */
	public static List<String> fixesOf(String rule) {
		return Fixes.kinds(rule);
	}

	/**
	 * Analyses a syntax tree, with or without bindings.
	 *
	 * @param unit   the tree of {@code source}
	 * @param source the text the tree was made from
	 * @param file   how findings shall name the file
	 * @return in source order, without the fixes that {@link #fix} finds
	 */
	public List<Finding> lint(CompilationUnit unit, String source, String file) {
		var text = new SourceText(file, source);
		return Analysis.of(unit, text, model).findings();
	}

	/**
	 * Looks for fixes of findings, which takes longer than to find them: a fix is only offered if on the fixed text its finding
	 * is gone and no other has appeared.
	 *
	 * @param findings of that text
	 * @param unit     the tree of {@code source}
	 * @return the same findings, in the same order, with their fixes
	 */
	public List<Finding> fix(List<Finding> findings, CompilationUnit unit, String source, String file) {
		var text = new SourceText(file, source);
		return Analysis.of(unit, text, model).fix(findings, unit, text, model, changed -> Fixes.alone(changed, model));
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
		SourceTree tree = SourceTree.find(paths, JavaLinter::isSource, path -> false);
		LintResult result = lint(tree.files(), classPath, 1, new LintMonitor() {
			@Override
			public boolean cancelled() {
				return cancelled.getAsBoolean();
			}

			@Override
			public void at(int done, int all) {
				// Nobody asks.
			}
		});
		var problems = new ArrayList<>(tree.problems());
		problems.addAll(result.problems());
		return new LintResult(result.findings(), problems, result.files(), result.ignored());
	}

	/** Whether a file is one in Java, by its name. */
	public static boolean isSource(Path file) {
		return file.toString().endsWith(".java");
	}

	/**
	 * Parses and analyses files, all of them together: what one of them declares is known in the others.
	 *
	 * @param files     in the order in which they are reported
	 * @param classPath folders and jars that resolve types; may be empty
	 * @param jobs      most threads to use, at least 1; the result does not depend on it
	 * @return findings name their file by its path as given, with slashes
	 */
	public LintResult lint(List<Path> files, List<Path> classPath, int jobs, LintMonitor monitor) {
		return program(files, classPath, jobs, monitor).result();
	}

	/** As {@link #lint(List, List, int, LintMonitor)}, but keeps what is needed to look for fixes. */
	public JavaProgram program(List<Path> files, List<Path> classPath, int jobs, LintMonitor monitor) {
		try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
			var run = new ProgramRun(model, words, classPath, threads, monitor);
			return new JavaProgram(run.lint(files), run, jobs);
		}
	}
}
