// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.List;
import java.util.Optional;

import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionList;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/**
 * Lowers what the parser takes for comparisons because headers are missing: {@code shared_ptr<Frame> frame = other}, and
 * {@code shared_ptr<Frame>(p, free)}. Confined to one thread.
 */
final class Misread {
	private final Lowering lowering;

	Misread(Lowering lowering) {
		this.lowering = lowering;
	}

	/** The value of what looks like a comparison or an assignment to one; empty if it is what it looks like. */
	Optional<Variable> value(IASTBinaryExpression written) {
		Span span = Names.span(written);
		if (written.getOperator() == IASTBinaryExpression.op_assign && written.getOperand1() instanceof IASTBinaryExpression target) {
			return template(target).filter(name -> target.getOperand2() instanceof IASTIdExpression).map(
					name -> declared(name, (IASTIdExpression) target.getOperand2(), List.of(written.getInitOperand2()), span));
		}
		Optional<IASTIdExpression> template = template(written);
		if (template.isEmpty()) {
			return Optional.empty();
		}
		return switch (written.getOperand2()) {
			case IASTIdExpression variable -> Optional.of(declared(template.get(), variable, List.of(), span));
			case IASTFunctionCallExpression call when call.getFunctionNameExpression() instanceof IASTIdExpression variable -> Optional
					.of(declared(template.get(), variable, List.of(call.getArguments()), span));
			case IASTUnaryExpression list when list.getOperator() == IASTUnaryExpression.op_bracketedPrimary -> Optional
					.of(lowering.calls.value(written, template.get().getName(), arguments(list.getOperand())));
			default -> Optional.empty();
		};
	}

	private static List<IASTInitializerClause> arguments(IASTExpression written) {
		return written instanceof IASTExpressionList list ? List.of(list.getExpressions()) : List.of(written);
	}

	/** What stands before {@code <}, where nothing is known that could be compared. */
	private Optional<IASTIdExpression> template(IASTBinaryExpression written) {
		return written.getOperator() == IASTBinaryExpression.op_greaterThan && written.getOperand1() instanceof IASTBinaryExpression left
				&& left.getOperator() == IASTBinaryExpression.op_lessThan && left.getOperand1() instanceof IASTIdExpression name
				&& left.getOperand2() instanceof IASTIdExpression && lowering.local(Names.last(name.getName())).isEmpty()
						? Optional.of(name)
						: Optional.empty();
	}

	private Variable declared(IASTIdExpression template, IASTIdExpression variable, List<IASTInitializerClause> given, Span span) {
		boolean smart = Kind.owns(Names.last(template.getName()));
		Variable value;
		if (smart) {
			value = lowering.owners.made(given, span);
		} else {
			value = lowering.temporary();
			lowering.flow.emit(new HeapOp.New(value, span));
			for (IASTInitializerClause clause : given) {
				lowering.flow.emit(new HeapOp.Hold(value, lowering.expressions.value(clause), span));
			}
		}
		Variable declared = lowering.declare(Names.last(variable.getName()), smart ? Kind.SMART : Kind.OBJECT, "");
		lowering.flow.emit(new HeapOp.Copy(declared, value, span));
		return declared;
	}
}
