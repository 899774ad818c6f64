// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Initializer;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;

/** Finds what has a body of its own in a compilation unit, and has to do with blocks. Stateless. */
final class Functions {
	/**
	 * A method, a constructor, an initializer or a lambda.
	 *
	 * @param name distinguishes it from all others in the file, and does not depend on where it stands
	 */
	record Function(String name, List<?> parameters, ASTNode body) {}

	private Functions() {}

	/** In source order. */
	static List<Function> of(CompilationUnit unit, Api api) {
		var functions = new ArrayList<Function>();
		Map<String, Integer> names = new HashMap<>();
		Nodes.walk(unit, node -> {
			Function function = function(node);
			if (function != null && concernsBlocks(function.body(), api)) {
				int ordinal = names.merge(function.name(), 1, Integer::sum);
				functions.add(ordinal == 1
						? function
						: new Function(function.name() + "#" + ordinal, function.parameters(), function.body()));
			}
			return true;
		});
		return functions;
	}

	private static @Nullable Function function(ASTNode node) {
		return switch (node) {
			case MethodDeclaration method when method.getBody() != null -> new Function(name(method),
					method.parameters(), method.getBody());
			case Initializer initializer -> new Function(name(initializer), List.of(), initializer.getBody());
			case LambdaExpression lambda -> new Function(name(lambda), lambda.parameters(), lambda.getBody());
			default -> null;
		};
	}

	/** Whether the body itself, not a function in it, allocates or frees. */
	private static boolean concernsBlocks(ASTNode body, Api api) {
		var found = new boolean[1];
		Nodes.walk(body, node -> {
			if (node != body && function(node) != null) {
				return false;
			}
			found[0] |= node instanceof MethodInvocation call && switch (api.classify(call)) {
				case ALLOCATE, ALLOCATE_DVPP, FREE, FREE_DVPP -> true;
				case IS_BLOCK, SEND, OTHER -> false;
			};
			return !found[0];
		});
		return found[0];
	}

	private static String name(ASTNode function) {
		var name = new StringBuilder();
		for (ASTNode node = function; node != null; node = node.getParent()) {
			switch (node) {
				case AbstractTypeDeclaration type -> name.insert(0, type.getName().getIdentifier() + ".");
				case MethodDeclaration method -> name.insert(0, signature(method));
				case Initializer initializer -> name.insert(0, "initializer");
				case LambdaExpression lambda -> name.insert(0, "/lambda");
				default -> {
				}
			}
		}
		return name.toString();
	}

	private static String signature(MethodDeclaration method) {
		var types = new ArrayList<String>();
		for (Object parameter : method.parameters()) {
			types.add(((SingleVariableDeclaration) parameter).getType().toString());
		}
		return method.getName().getIdentifier() + "(" + String.join(",", types) + ")";
	}
}
