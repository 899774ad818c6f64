// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.List;
import java.util.Optional;

import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTStatement;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTLambdaExpression;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/**
 * Lowers smart pointers. One whose deleter does nothing is a pointer as any other; one whose deleter does something ends the
 * obligation of whoever made it. Confined to one thread.
 */
final class Owners {
	private final Lowering lowering;

	Owners(Lowering lowering) {
		this.lowering = lowering;
	}

	/** The smart pointer that is made of a pointer and a deleter, of a pointer, of another smart pointer, or of nothing. */
	Variable made(List<IASTInitializerClause> given, Span span) {
		if (given.isEmpty()) {
			return lowering.expressions.assigned(Optional.of(Constant.NULL), span);
		}
		Variable value = lowering.expressions.value(given.get(0));
		if (given.size() > 1) {
			if (!empty(given.get(1))) {
				lowering.flow.emit(new HeapOp.Escape(value, "handed over to a smart pointer here", span));
			}
		} else if (raw(given.get(0))) {
			lowering.flow.emit(new HeapOp.Escape(value, "handed over to a smart pointer here", span));
		}
		return value;
	}

	/** Whether an expression certainly gives no smart pointer, but a plain one. */
	private boolean raw(IASTInitializerClause given) {
		return Names.bare(given) instanceof IASTIdExpression id
				&& lowering.local(Names.last(id.getName())).filter(local -> local.kind() == Kind.POINTER).isPresent();
	}

	/** Whether a deleter does nothing. */
	boolean empty(IASTInitializerClause deleter) {
		return switch (Names.bare(deleter)) {
			case ICPPASTLambdaExpression lambda -> lambda.getBody() == null || idle(lambda.getBody());
			case IASTIdExpression id -> lowering.context.functions().only(Names.last(id.getName()), 1)
					.filter(function -> idle(function.node().getBody())).isPresent();
			default -> false;
		};
	}

	/** Whether nothing in a body can free anything. */
	private static boolean idle(IASTStatement body) {
		boolean[] acts = {false};
		Names.expressions(body, each -> acts[0] |= acts(each));
		return !acts[0];
	}

	private static boolean acts(IASTExpression expression) {
		return expression instanceof IASTFunctionCallExpression
				|| expression instanceof org.eclipse.cdt.core.dom.ast.cpp.ICPPASTDeleteExpression
				|| expression instanceof IASTUnaryExpression unary && unary.getOperator() == IASTUnaryExpression.op_throw;
	}
}
