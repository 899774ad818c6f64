// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.core.compiler.BuildContext;
import org.eclipse.jdt.core.dom.CompilationUnit;

/** Lints the files of one build and records what it finds. For one thread. */
final class BuildLint {
	/** A batch shares one look at the class path, but keeps all its bindings in memory. */
	private static final int BATCH = 100;

	private final Linting linting;

	BuildLint(Linting linting) {
		this.linting = linting;
	}

	void lint(List<BuildContext> files) {
		var concerned = new LinkedHashMap<ICompilationUnit, BuildContext>();
		for (BuildContext file : files) {
			ICompilationUnit unit = JavaCore.createCompilationUnitFrom(file.getFile());
			if (unit != null && Linting.concerns(new String(file.getContents()), unit)) {
				concerned.put(unit, file);
				if (concerned.size() == BATCH) {
					guarded(concerned);
					concerned.clear();
				}
			}
		}
		guarded(concerned);
	}

	private void guarded(Map<ICompilationUnit, BuildContext> batch) {
		if (batch.isEmpty()) {
			return;
		}
		try {
			lint(batch);
		} catch (OperationCanceledException e) {
			throw e;
		} catch (JavaModelException | RuntimeException e) {
			Linting.log(Linting.fileName(batch.keySet().iterator().next()), e);
		}
	}

	private void lint(Map<ICompilationUnit, BuildContext> batch) throws JavaModelException {
		var saved = new LinkedHashMap<ICompilationUnit, BuildContext>();
		for (var entry : batch.entrySet()) {
			ICompilationUnit unit = entry.getKey();
			String built = new String(entry.getValue().getContents());
			if (built.equals(unit.getSource())) {
				saved.put(unit, entry.getValue());
			} else { // an editor holds another text, but markers belong to the one that is built
				record(entry.getValue(), unit, Trees.of(built, unit));
			}
		}
		if (!saved.isEmpty()) {
			IJavaProject project = saved.keySet().iterator().next().getJavaProject();
			Trees.of(project, saved.keySet(), (unit, tree) -> record(saved.get(unit), unit, tree));
		}
	}

	private void record(BuildContext file, ICompilationUnit unit, CompilationUnit tree) {
		var found = linting.findings(tree, new String(file.getContents()), unit);
		if (!found.isEmpty()) {
			file.recordNewProblems(LintParticipant.problems(found, FindingProblem::saved));
		}
	}
}
