// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ImportDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.NodeFinder;
import org.heaplens.lint.engine.Block;
import org.heaplens.lint.flow.Family;

/** How a compilation unit spells what fixes insert: as it does already, or as its imports allow. Immutable. */
record Spelling(CompilationUnit unit) {
	private static final String PACKAGE = "org.heaplens.runtime";
	private static final String MEMORY = PACKAGE + ".HiaiMemory";

	/** The call that frees what the variable holds. */
	String free(Block block, String variable) {
		return freeing(block, block.family().equals(Family.DVPP) ? "dvppDFree" : "dFree") + "(" + variable + ");";
	}

	private String freeing(Block block, String method) {
		ASTNode node = NodeFinder.perform(unit, block.allocation().offset(), block.allocation().length());
		if (node instanceof MethodInvocation allocation && new Api(unit).classify(allocation) != Api.Call.OTHER) {
			Expression owner = allocation.getExpression();
			return owner != null ? owner + "." + method : imported(MEMORY, method) ? method : MEMORY + "." + method;
		}
		return type("HiaiMemory") + "." + method;
	}

	/** A type of the API: by its simple name where that is imported. */
	String type(String name) {
		for (Object each : unit.imports()) {
			var declaration = (ImportDeclaration) each;
			String imported = declaration.getName().getFullyQualifiedName();
			if (!declaration.isStatic()
					&& imported.equals(declaration.isOnDemand() ? PACKAGE : PACKAGE + "." + name)) {
				return name;
			}
		}
		return PACKAGE + "." + name;
	}

	private boolean imported(String owner, String member) {
		for (Object each : unit.imports()) {
			var declaration = (ImportDeclaration) each;
			String imported = declaration.getName().getFullyQualifiedName();
			String simple = owner.substring(owner.lastIndexOf('.'));
			if (declaration.isStatic()
					&& imported.endsWith(declaration.isOnDemand() ? simple : simple + "." + member)) {
				return true;
			}
		}
		return false;
	}
}
