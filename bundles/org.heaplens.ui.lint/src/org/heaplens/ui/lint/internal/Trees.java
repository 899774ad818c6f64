// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.Collection;
import java.util.function.BiConsumer;

import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.dom.AST;
import org.eclipse.jdt.core.dom.ASTParser;
import org.eclipse.jdt.core.dom.ASTRequestor;
import org.eclipse.jdt.core.dom.CompilationUnit;

/** Syntax trees with as many bindings as can be resolved. Functions only. */
final class Trees {
	private Trees() {}

	/** The tree of a text, as if {@code unit} held it. */
	static CompilationUnit of(String source, ICompilationUnit unit) {
		ASTParser parser = parser(unit.getJavaProject());
		parser.setUnitName(unit.getPath().toString());
		parser.setSource(source.toCharArray());
		return (CompilationUnit) parser.createAST(new NullProgressMonitor());
	}

	/** The trees of units of one project, at the cost of one look at its class path. */
	static void of(IJavaProject project, Collection<ICompilationUnit> units,
			BiConsumer<ICompilationUnit, CompilationUnit> sink) {
		parser(project).createASTs(units.toArray(ICompilationUnit[]::new), new String[0], new ASTRequestor() {
			@Override
			public void acceptAST(ICompilationUnit unit, CompilationUnit tree) {
				sink.accept(unit, tree);
			}
		}, new NullProgressMonitor());
	}

	private static ASTParser parser(IJavaProject project) {
		ASTParser parser = ASTParser.newParser(AST.getJLSLatest());
		parser.setKind(ASTParser.K_COMPILATION_UNIT);
		parser.setProject(project);
		parser.setResolveBindings(true);
		parser.setBindingsRecovery(true);
		parser.setStatementsRecovery(true);
		return parser;
	}
}
