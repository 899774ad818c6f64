// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFieldReference;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers what decides where control goes. Confined to one thread. */
final class Conditions {
	private static final Constant ZERO = new Constant.Literal("0");

	private final Lowering lowering;

	Conditions(Lowering lowering) {
		this.lowering = lowering;
	}

	/** Evaluates a condition; the edges on which it holds, and the others. None of them waits afterwards. */
	Flow.Split split(IASTExpression written) {
		IASTInitializerClause bare = Names.bare(written);
		if (bare instanceof IASTUnaryExpression unary && unary.getOperator() == IASTUnaryExpression.op_not && unary.getOperand() != null) {
			Flow.Split split = split(unary.getOperand());
			return new Flow.Split(split.whenFalse(), split.whenTrue());
		}
		if (bare instanceof IASTBinaryExpression binary) {
			switch (binary.getOperator()) {
				case IASTBinaryExpression.op_logicalAnd -> {
					Flow.Split left = split(binary.getOperand1());
					lowering.flow.resume(left.whenTrue());
					Flow.Split right = split(binary.getOperand2());
					return new Flow.Split(right.whenTrue(), both(left.whenFalse(), right.whenFalse()));
				}
				case IASTBinaryExpression.op_logicalOr -> {
					Flow.Split left = split(binary.getOperand1());
					lowering.flow.resume(left.whenFalse());
					Flow.Split right = split(binary.getOperand2());
					return new Flow.Split(both(left.whenTrue(), right.whenTrue()), right.whenFalse());
				}
				case IASTBinaryExpression.op_equals -> {
					return compare(binary, true);
				}
				case IASTBinaryExpression.op_notequals -> {
					return compare(binary, false);
				}
				default -> {
				}
			}
		}
		return truth(bare);
	}

	private static List<Flow.Dangling> both(List<Flow.Dangling> some, List<Flow.Dangling> others) {
		var all = new ArrayList<>(some);
		all.addAll(others);
		return all;
	}

	private Flow.Split compare(IASTBinaryExpression binary, boolean equal) {
		Optional<Constant> left = lowering.expressions.constant(Names.bare(binary.getOperand1()));
		Optional<Constant> right = lowering.expressions.constant(Names.bare(binary.getOperand2()));
		String text = Names.text(binary);
		if (left.isPresent() == right.isPresent()) {
			lowering.expressions.value(binary.getOperand1());
			lowering.expressions.value(binary.getOperand2());
			return repeated(binary, text);
		}
		IASTExpression asked = left.isPresent() ? binary.getOperand2() : binary.getOperand1();
		Variable variable = lowering.expressions.value(asked);
		Constant constant = left.or(() -> right).map(each -> each.equals(ZERO) && isPointer(asked) ? Constant.NULL : each)
				.orElse(Constant.NULL);
		return split(variable, constant, equal, text, Names.span(binary));
	}

	private boolean isPointer(IASTExpression expression) {
		return Names.bare(expression) instanceof IASTIdExpression id && lowering.local(Names.last(id.getName()))
				.filter(local -> local.kind().holdsPointer() || local.kind() == Kind.POINTER_REFERENCE).isPresent();
	}

	private Flow.Split split(Variable variable, Constant constant, boolean equal, String text, Span span) {
		int test = lowering.flow.emit(new HeapOp.Test(span));
		lowering.flow.take();
		return test < 0
				? new Flow.Split(List.of(), List.of())
				: new Flow.Split(List.of(new Flow.Dangling(test, new Guard.Compare(variable, constant, equal, holds(text)))),
						List.of(new Flow.Dangling(test, new Guard.Compare(variable, constant, !equal, fails(text)))));
	}

	private static String holds(String text) {
		return shorten(text) + " holds here";
	}

	private static String fails(String text) {
		return shorten(text) + " does not hold here";
	}

	private static String shorten(String text) {
		return "'" + (text.length() > 60 ? text.substring(0, 57) + "..." : text) + "'";
	}

	private Flow.Split truth(IASTInitializerClause bare) {
		String text = Names.text(bare);
		Span span = Names.span(bare);
		Optional<Constant> constant = lowering.expressions.constant(bare);
		if (constant.isPresent() && (constant.get() instanceof Constant.Truth || constant.get() instanceof Constant.Literal)) {
			boolean holds = !constant.get().equals(Constant.FALSE) && !constant.get().equals(ZERO);
			lowering.flow.emit(new HeapOp.Test(span));
			List<Flow.Dangling> edges = lowering.flow.take();
			return holds ? new Flow.Split(edges, List.of()) : new Flow.Split(List.of(), edges);
		}
		if (bare instanceof IASTIdExpression || bare instanceof IASTFieldReference || Names.assigns((IASTExpression) bare)
				|| bare instanceof IASTFunctionCallExpression) {
			Variable variable = lowering.expressions.value(bare);
			if (isPointerLike(bare)) {
				return split(variable, Constant.NULL, false, text, span);
			}
			return split(variable, Constant.FALSE, false, text, span);
		}
		lowering.expressions.parts(bare);
		return repeated((IASTExpression) bare, text);
	}

	private boolean isPointerLike(IASTInitializerClause bare) {
		if (bare instanceof IASTBinaryExpression assignment) {
			return isPointer(assignment.getOperand1());
		}
		if (bare instanceof IASTIdExpression id) {
			Optional<Scope.Local> local = lowering.local(Names.last(id.getName()));
			return local.isPresent()
					? isPointer(id)
					: lowering.context.functions()
							.field(lowering.function.owner(), Names.last(id.getName())).filter(field -> field.kind().holdsPointer())
							.isPresent();
		}
		return false;
	}

	/** A condition that cannot be followed: where it is asked again, the answer is the same until something in it changes. */
	private Flow.Split repeated(IASTExpression condition, String text) {
		var about = new ArrayList<Variable>();
		boolean[] pure = {true};
		Names.expressions(condition, each -> {
			if (each instanceof IASTIdExpression id) {
				Optional<Scope.Local> local = lowering.local(Names.last(id.getName()));
				local.ifPresent(found -> about.add(found.variable()));
				pure[0] &= local.isPresent() || lowering.expressions.constant(id).isPresent();
			} else if (each instanceof IASTFunctionCallExpression || each instanceof IASTFieldReference || Names.assigns(each)
					|| each instanceof org.eclipse.cdt.core.dom.ast.IASTArraySubscriptExpression
					|| each instanceof IASTUnaryExpression unary && unary.getOperator() != IASTUnaryExpression.op_bracketedPrimary) {
				pure[0] = false;
			}
		});
		Span span = Names.span(condition);
		if (pure[0] && !about.isEmpty()) {
			return split(lowering.interned(text, about), Constant.TRUE, true, text, span);
		}
		int test = lowering.flow.emit(new HeapOp.Test(span));
		lowering.flow.take();
		return test < 0
				? new Flow.Split(List.of(), List.of())
				: new Flow.Split(List.of(new Flow.Dangling(test, new Guard.Opaque(holds(text)))),
						List.of(new Flow.Dangling(test, new Guard.Opaque(fails(text)))));
	}

	/** A condition of which nothing can be said. */
	Flow.Split unknown(Span span) {
		int test = lowering.flow.emit(new HeapOp.Test(span));
		lowering.flow.take();
		List<Flow.Dangling> edges = test < 0 ? List.of() : List.of(new Flow.Dangling(test, new Guard.Opaque("")));
		return new Flow.Split(edges, edges);
	}

	/** The truth of a condition as a value. */
	Variable value(IASTExpression condition) {
		Span span = Names.span(condition);
		Variable result = lowering.temporary();
		Flow.Split split = split(condition);
		lowering.flow.resume(split.whenTrue());
		lowering.flow.emit(new HeapOp.Assign(result, Optional.of(Constant.TRUE), span));
		List<Flow.Dangling> holds = lowering.flow.take();
		lowering.flow.resume(split.whenFalse());
		lowering.flow.emit(new HeapOp.Assign(result, Optional.of(Constant.FALSE), span));
		lowering.flow.join(holds);
		return result;
	}
}
