// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Assignment;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.PrefixExpression;
import org.eclipse.jdt.core.dom.PrimitiveType;
import org.eclipse.jdt.core.dom.ReturnStatement;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.Statement;
import org.eclipse.jdt.core.dom.ThrowStatement;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.eclipse.jdt.core.dom.VariableDeclarationStatement;
import org.eclipse.jdt.core.dom.YieldStatement;

/**
 * A statement that leaves, with the block freed before it. Immutable.
 *
 * @param exit the statement
 * @param name of the variable that holds the block
 */
record ExitText(Layout layout, Statement exit, String name) {
	/** The statements that replace the exit; none where the value it leaves with could be part of the block. */
	Optional<List<String>> lines(String free) {
		String text = layout.text(exit.getStartPosition(), exit.getStartPosition() + exit.getLength());
		return switch (exit) {
			case ReturnStatement leave when leave.getExpression() != null && !settled(leave.getExpression()) -> computed(
					leave, free);
			case ReturnStatement leave when leave.getExpression() instanceof SimpleName value && isView(value) -> Optional
					.empty();
			case ThrowStatement fail when mentions(fail.getExpression()) -> Optional.empty();
			case YieldStatement leave when !settled(leave.getExpression()) -> Optional.empty();
			default -> Optional.of(List.of(free, text));
		};
	}

	/** Whether the value does not depend on anything that freeing the block could change. */
	private boolean settled(Expression value) {
		return value instanceof Name || value.getNodeType() == ASTNode.NUMBER_LITERAL
				|| value.getNodeType() == ASTNode.BOOLEAN_LITERAL || value.getNodeType() == ASTNode.NULL_LITERAL
				|| value.getNodeType() == ASTNode.STRING_LITERAL || value.getNodeType() == ASTNode.CHARACTER_LITERAL
				|| value instanceof PrefixExpression prefix && prefix.getOperand().getNodeType() == ASTNode.NUMBER_LITERAL;
	}

	/** First the value, then the free, then the exit. */
	private Optional<List<String>> computed(ReturnStatement leave, String free) {
		MethodDeclaration method = FreeBeforeExit.method(leave);
		if (method == null || method.getReturnType2() == null) {
			return Optional.empty();
		}
		Expression value = leave.getExpression();
		String expression = layout.text(value.getStartPosition(), value.getStartPosition() + value.getLength());
		String result = unused(method);
		return Optional.of(List.of(method.getReturnType2() + " " + result + " = " + expression + ";", free,
				"return " + result + ";"));
	}

	private static String unused(MethodDeclaration method) {
		var names = new java.util.HashSet<String>();
		Nodes.each(method, SimpleName.class, each -> names.add(each.getIdentifier()));
		String result = "result";
		for (int number = 2; names.contains(result); number++) {
			result = "result" + number;
		}
		return result;
	}

	private boolean mentions(ASTNode node) {
		var found = new boolean[1];
		Nodes.each(node, SimpleName.class, each -> found[0] |= each.getIdentifier().equals(name));
		return found[0];
	}

	/** Whether the variable is given something made of the block, other than a number or a truth. */
	private boolean isView(SimpleName value) {
		MethodDeclaration method = exit instanceof ReturnStatement leave ? FreeBeforeExit.method(leave) : null;
		var found = new boolean[1];
		if (method != null) {
			Nodes.each(method, VariableDeclarationFragment.class, each -> found[0] |= each.getName().getIdentifier()
					.equals(value.getIdentifier()) && each.getInitializer() != null && mentions(each.getInitializer())
					&& !(each.getParent() instanceof VariableDeclarationStatement statement
							&& statement.getType() instanceof PrimitiveType));
			Nodes.each(method, Assignment.class, each -> found[0] |= each.getLeftHandSide() instanceof SimpleName left
					&& left.getIdentifier().equals(value.getIdentifier()) && mentions(each.getRightHandSide())
					&& !(method.getReturnType2() instanceof PrimitiveType));
		}
		return found[0];
	}
}
