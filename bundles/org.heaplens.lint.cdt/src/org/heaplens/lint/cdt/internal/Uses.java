// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTCastExpression;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTEqualsInitializer;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionStatement;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTReturnStatement;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTStatement;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;

/** What a program does with a value. Stateless. */
final class Uses {
	private Uses() {}

	/** Whether a value is certainly no pointer, or is dropped. */
	static boolean asNumber(IASTExpression value, Lowering lowering) {
		IASTNode node = value;
		IASTNode parent = node.getParent();
		while (parent instanceof IASTUnaryExpression unary && unary.getOperator() == IASTUnaryExpression.op_bracketedPrimary) {
			node = parent;
			parent = node.getParent();
		}
		return switch (parent) {
			case IASTCastExpression cast -> false;
			case IASTUnaryExpression unary -> unary.getOperator() != IASTUnaryExpression.op_star;
			case IASTBinaryExpression binary ->
				binary.getOperator() != IASTBinaryExpression.op_assign || number(binary.getOperand1(), lowering);
			case IASTEqualsInitializer initializer -> initializer.getParent() instanceof IASTDeclarator declarator
					&& declarator.getParent() instanceof IASTSimpleDeclaration declaration
					&& Kind.of(declaration.getDeclSpecifier(), declarator) == Kind.SCALAR;
			case IASTExpressionStatement statement -> true;
			case IASTReturnStatement leave -> Kind.of(lowering.function.node().getDeclSpecifier(),
					lowering.function.node().getDeclarator()) == Kind.SCALAR;
			case IASTStatement statement -> true;
			case null, default -> false;
		};
	}

	private static boolean number(IASTExpression target, Lowering lowering) {
		return Names.bare(target) instanceof IASTIdExpression id
				&& lowering.local(Names.last(id.getName())).filter(local -> local.kind() == Kind.SCALAR).isPresent();
	}
}
