// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.jdt.internal.Analysis;
import org.heaplens.lint.jdt.internal.Fixes;
import org.heaplens.lint.jdt.internal.Parsing;

/** One run over files. A file that cannot be analysed is a problem, and the run goes on. Confined to one thread. */
final class FileRun {
	private final String[] classPath;
	private final List<Finding> findings = new ArrayList<>();
	private final List<LintProblem> problems = new ArrayList<>();
	private int files;

	FileRun(List<Path> classPath) {
		this.classPath = classPath.stream().filter(Files::exists).map(path -> path.toAbsolutePath().toString())
				.toArray(String[]::new);
	}

	/** The files that are meant, each once, ordered by name. */
	List<Path> sources(List<Path> paths) {
		var sources = new TreeSet<Path>();
		for (Path path : paths) {
			if (!Files.exists(path)) {
				problems.add(new LintProblem(name(path), 0, "There is no such file or folder"));
				continue;
			}
			try {
				search(path, sources);
			} catch (IOException e) {
				problems.add(new LintProblem(name(path), 0, "Cannot be read: " + reason(e)));
			}
		}
		return List.copyOf(sources);
	}

	/** Follows a link that the user names, and none inside: those may lead in a circle. What cannot be read costs only itself. */
	private void search(Path path, Set<Path> sources) throws IOException {
		Path real = path.toRealPath();
		Files.walkFileTree(real, new SimpleFileVisitor<Path>() {
			@Override
			public FileVisitResult visitFile(Path file, @Nullable BasicFileAttributes attributes) {
				if (file.toString().endsWith(".java") && Files.isRegularFile(file)) {
					sources.add(asGiven(file));
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, @Nullable IOException failure) {
				problems.add(new LintProblem(name(asGiven(file)), 0, "Cannot be read: " + reason(failure)));
				return FileVisitResult.CONTINUE;
			}

			private Path asGiven(Path file) {
				return file.equals(real) ? path : path.resolve(real.relativize(file));
			}
		});
	}

	/** The JDK says no more than the name of the file. */
	private static String reason(@Nullable IOException failure) {
		return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure);
	}

	private static String name(Path path) {
		return path.toString().replace('\\', '/');
	}

	void lint(Path path) {
		String file = name(path);
		try {
			String read = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
			String text = read.startsWith("\uFEFF") ? ' ' + read.substring(1) : read; // offsets stay those of the file
			files++;
			if (concernsBlocks(text)) {
				analyse(path, new SourceText(file, text));
			}
		} catch (IOException e) {
			problems.add(new LintProblem(file, 0, "Cannot be read: " + reason(e)));
		} catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
			problems.add(new LintProblem(file, 0, "Could not be analysed: " + e));
		}
	}

	/** Most files of a project have nothing to do with blocks, and need no parser to say so. */
	private static boolean concernsBlocks(String text) {
		return text.contains("dMalloc") || text.contains("dvppDMalloc") || text.contains("DFree")
				|| text.contains("dFree");
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
		findings.addAll(Fixes.add(analysis.diagnoses(), unit, source));
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

	LintResult result() {
		return new LintResult(findings, problems, files);
	}
}
