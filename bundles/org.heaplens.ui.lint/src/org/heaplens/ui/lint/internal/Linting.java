// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.ServiceCaller;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.jdt.JavaLinter;
import org.heaplens.ui.lint.TreeLinter;

/** Calls the linter so that no fault of it breaks a build or the typing. Threads may share it. */
final class Linting {
	/** The faults already in the log, by type and place: a fault in a build would come back with every file. */
	private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

	private static final ProjectModels MODELS = new ProjectModels();

	/** Our own linter, which knows a project's models. */
	private record Own(JavaLinter linter) implements TreeLinter {
		@Override
		public List<Finding> lint(CompilationUnit unit, String source, String file) {
			return linter.lint(unit, source, file);
		}

		@Override
		public List<Finding> fix(List<Finding> findings, CompilationUnit unit, String source, String file) {
			return linter.fix(findings, unit, source, file);
		}
	}

	/** Whether a text can have findings at all in that unit's project. Cheap. */
	static boolean concerns(String source, ICompilationUnit unit) {
		return linter(unit).concerns(source);
	}

	private static JavaLinter linter(ICompilationUnit unit) {
		return MODELS.linter(unit.getJavaProject().getProject());
	}

	/** Marks what is wrong with the models of a project; whether all its files have to be linted again. */
	static boolean checkModels(IProject project) {
		try {
			return MODELS.check(project);
		} catch (CoreException e) {
			log(project.getName(), e);
			return false;
		}
	}

	/** How findings name a unit: the path inside its project, which is the same on every machine. */
	static String fileName(ICompilationUnit unit) {
		return unit.getPath().removeFirstSegments(1).toString();
	}

	/** The findings, or none and an entry in the log if the linter fails. They have no fixes yet, which cost time. */
	List<Finding> findings(CompilationUnit tree, String source, ICompilationUnit unit) {
		String file = fileName(unit);
		return ask(unit, linter -> linter.lint(tree, source, file));
	}

	/** The findings with their fixes. */
	List<Finding> fixable(CompilationUnit tree, String source, ICompilationUnit unit) {
		String file = fileName(unit);
		return ask(unit, linter -> linter.fix(linter.lint(tree, source, file), tree, source, file));
	}

	private List<Finding> ask(ICompilationUnit unit, Function<TreeLinter, List<Finding>> question) {
		var found = new ArrayList<Finding>();
		try {
			if (!ServiceCaller.callOnce(Linting.class, TreeLinter.class, other -> found.addAll(question.apply(other)))) {
				found.addAll(question.apply(new Own(linter(unit))));
			}
		} catch (OperationCanceledException e) {
			throw e;
		} catch (RuntimeException | LinkageError | StackOverflowError e) {
			log(fileName(unit), e);
			return List.of();
		}
		return found;
	}

	/** The findings, with their fixes, of a text that need not be that of {@code unit} any more, in the unit's project. */
	List<Finding> fixable(String source, ICompilationUnit unit) {
		if (!concerns(source, unit)) {
			return List.of();
		}
		return fixable(Trees.of(source, unit), source, unit);
	}

	/** Logs a fault when it happens for the first time. */
	static void log(String file, Throwable fault) {
		StackTraceElement[] stack = fault.getStackTrace();
		if (LOGGED.add(fault.getClass().getName() + (stack.length == 0 ? "" : stack[0]))) {
			ILog.of(Linting.class).error("The linter failed in " + file + "; the file is shown without findings", fault);
		}
	}
}
