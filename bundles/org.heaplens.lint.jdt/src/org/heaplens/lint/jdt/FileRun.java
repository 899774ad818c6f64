// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.SourceTree;
import org.heaplens.lint.jdt.internal.Analysis;
import org.heaplens.lint.jdt.internal.Parsing;

/** Reads and analyses one file. What cannot be analysed is a problem. Confined to one thread, used once. */
final class FileRun {
	private final String[] classPath;
	private final List<Finding> findings = new ArrayList<>();
	private final List<LintProblem> problems = new ArrayList<>();
	private final List<Ignored> ignored = new ArrayList<>();
	private int files;

	FileRun(List<Path> classPath) {
		this.classPath = classPath.stream().filter(Files::exists).map(path -> path.toAbsolutePath().toString())
				.toArray(String[]::new);
	}

	/** One file; each run takes one. */
	LintResult lint(Path path) {
		String file = SourceTree.name(path);
		try {
			String read = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
			String text = read.startsWith("\uFEFF") ? ' ' + read.substring(1) : read; // offsets stay those of the file
			files++;
			if (concernsBlocks(text)) {
				analyse(path, new SourceText(file, text));
			}
		} catch (IOException e) {
			problems.add(SourceTree.unreadable(path, e));
		} catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
			problems.add(new LintProblem(file, 0, "Could not be analysed: " + e));
		}
		return new LintResult(findings, problems, files, ignored);
	}

	/** Most files of a project have nothing to do with blocks, and need no parser to say so. */
	private static boolean concernsBlocks(String text) {
		return text.contains("dMalloc") || text.contains("dvppDMalloc") || text.contains("DFree")
				|| text.contains("dFree") || text.contains("heaplens:");
	}

	private void analyse(Path path, SourceText source) {
		CompilationUnit plain = Parsing.parse(source.text());
		CompilationUnit unit = Parsing.parse(source.text(), path.getFileName().toString(), classPath,
				roots(path, plain));
		for (IProblem problem : plain.getProblems()) {
			if (problem.isError() && (problem.getID() & IProblem.Syntax) != 0) {
				problems.add(new LintProblem(source.file(), problem.getSourceLineNumber(),
						"Syntax error, the rest was analysed: " + problem.getMessage()));
				break;
			}
		}
		Analysis analysis = Analysis.of(unit, source);
		findings.addAll(analysis.findings(unit, source));
		ignored.addAll(analysis.ignored());
		for (String function : analysis.exhausted()) {
			problems.add(new LintProblem(source.file(), 0,
					"Too many paths in " + function + ", findings there may be missing"));
		}
	}

	/** The folder that the file's package starts in. */
	private static String[] roots(Path path, CompilationUnit unit) {
		Path folder = path.toAbsolutePath().normalize().getParent();
		if (unit.getPackage() != null) {
			String[] names = unit.getPackage().getName().getFullyQualifiedName().split("\\.");
			for (int index = names.length - 1; index >= 0 && folder != null; index--) {
				folder = folder.endsWith(names[index]) ? folder.getParent() : null;
			}
		}
		return folder == null ? new String[0] : new String[]{folder.toString()};
	}
}
