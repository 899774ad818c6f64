// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.List;
import java.util.function.Function;

import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.core.compiler.BuildContext;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.core.compiler.CompilationParticipant;
import org.eclipse.jdt.core.compiler.ReconcileContext;
import org.eclipse.jdt.core.dom.AST;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.swt.widgets.Display;
import org.heaplens.lint.Finding;
import org.heaplens.ui.lint.FindingMarker;

/** Lints what JDT builds, and what it reconciles while the user types. JDT has one, and calls it from several threads. */
public final class LintParticipant extends CompilationParticipant {
	private final Linting linting = new Linting();

	@Override
	public boolean isActive(IJavaProject project) {
		return true;
	}

	/** Models that have changed may tell of every file. */
	@Override
	public int aboutToBuild(IJavaProject project) {
		return Linting.checkModels(project.getProject()) ? NEEDS_FULL_BUILD : READY_FOR_BUILD;
	}

	/** Records markers; JDT has deleted those of the previous build. */
	@Override
	public void buildStarting(BuildContext[] files, boolean isBatch) {
		new BuildLint(linting).lint(List.of(files));
	}

	@Override
	public void reconcile(ReconcileContext context) {
		// On the UI thread JDT reconciles when a file is saved while it is typed in; the reconciler's own thread follows.
		boolean answerIsShown = context.isResolvingBindings();
		if (!answerIsShown || Display.findDisplay(Thread.currentThread()) != null) {
			return;
		}
		ICompilationUnit unit = context.getWorkingCopy();
		try {
			context.putProblems(FindingMarker.TYPE, problems(findings(context, unit), FindingProblem::unsaved));
		} catch (JavaModelException e) {
			if (!e.isDoesNotExist()) { // a unit may vanish while it is looked at
				Linting.log(Linting.fileName(unit), e);
			}
		} catch (OperationCanceledException e) {
			throw e;
		} catch (RuntimeException e) {
			Linting.log(Linting.fileName(unit), e);
		}
	}

	private List<Finding> findings(ReconcileContext context, ICompilationUnit unit) throws JavaModelException {
		String source = unit.getSource();
		if (source == null || !Linting.concerns(source, unit)) {
			return List.of();
		}
		CompilationUnit tree = context.getAST(AST.getJLSLatest());
		// Typing goes on meanwhile: a tree that is not of this text would put findings in wrong places.
		if (tree == null || !unit.isConsistent() || tree.getLength() != source.length()) {
			return List.of();
		}
		return linting.findings(tree, source, unit);
	}

	/** The findings as JDT wants them. */
	static CategorizedProblem[] problems(List<Finding> findings, Function<Finding, FindingProblem> form) {
		return findings.stream().map(form).toArray(CategorizedProblem[]::new);
	}
}
