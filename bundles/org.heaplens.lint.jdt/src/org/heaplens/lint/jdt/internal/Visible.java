// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Block;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.VariableDeclaration;
import org.heaplens.lint.flow.Span;

/**
 * Whether a local variable can be used somewhere: it is declared in a block around that place, and surely has a value.
 * Immutable.
 *
 * @param place      a node at the place; null where there is none
 * @param name       of the variable
 * @param allocation where the block is allocated
 */
record Visible(@Nullable ASTNode place, String name, Span allocation) {
	boolean at(int offset) {
		ASTNode function = place;
		while (function != null && !(function instanceof MethodDeclaration || function instanceof LambdaExpression)) {
			function = function.getParent();
		}
		var found = new boolean[1];
		if (function != null) {
			Nodes.each(function, VariableDeclaration.class, declaration -> found[0] |= reaches(declaration, offset));
		}
		return found[0];
	}

	private boolean reaches(VariableDeclaration declaration, int offset) {
		ASTNode statement = declaration.getParent();
		while (statement != null && !(statement.getParent() instanceof Block)
				&& !(statement instanceof MethodDeclaration)) {
			statement = statement.getParent();
		}
		ASTNode scope = statement instanceof MethodDeclaration || statement == null
				? statement
				: statement.getParent();
		return declaration.getName().getIdentifier().equals(name)
				&& declaration.getStartPosition() + declaration.getLength() <= offset && contains(scope, offset)
				&& (declaration.getParent().getParent() instanceof Block || scope instanceof MethodDeclaration)
				&& (declaration.getInitializer() != null || assigned(declaration, offset));
	}

	private static boolean contains(@Nullable ASTNode scope, int offset) {
		return scope != null && scope.getStartPosition() <= offset
				&& offset < scope.getStartPosition() + scope.getLength();
	}

	/** Without a value of its own the variable has one where the allocation stands in a block around the place. */
	private boolean assigned(VariableDeclaration declaration, int offset) {
		ASTNode node = org.eclipse.jdt.core.dom.NodeFinder.perform(declaration.getRoot(), allocation.offset(),
				allocation.length());
		while (node != null && !(node instanceof Block)) {
			node = node.getParent();
		}
		return contains(node, offset) && allocation.end() <= offset;
	}
}
