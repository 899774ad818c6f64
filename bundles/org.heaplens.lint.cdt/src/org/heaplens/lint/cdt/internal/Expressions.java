// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.Optional;
import java.util.Set;

import org.eclipse.cdt.core.dom.ast.IASTArraySubscriptExpression;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTConditionalExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionList;
import org.eclipse.cdt.core.dom.ast.IASTFieldReference;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTLiteralExpression;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTDeleteExpression;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTNewExpression;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers expressions. Confined to one thread. */
final class Expressions {
	private static final Set<Integer> TRUTHS = Set.of(IASTBinaryExpression.op_equals, IASTBinaryExpression.op_notequals,
			IASTBinaryExpression.op_logicalAnd, IASTBinaryExpression.op_logicalOr, IASTBinaryExpression.op_lessThan,
			IASTBinaryExpression.op_lessEqual, IASTBinaryExpression.op_greaterThan, IASTBinaryExpression.op_greaterEqual);
	private static final Family DELETE = new Family("delete");

	private final Lowering lowering;

	Expressions(Lowering lowering) {
		this.lowering = lowering;
	}

	/** Evaluates an expression; what holds its value. */
	Variable value(IASTInitializerClause written) {
		Span span = Names.span(written);
		IASTInitializerClause bare = Names.bare(written);
		Optional<Constant> constant = constant(bare);
		if (constant.isPresent()) {
			return assigned(constant, span);
		}
		return switch (bare) {
			case IASTLiteralExpression self -> lowering.self(); // all others are constants
			case IASTIdExpression id -> lowering.places.read(lowering.places.of(id), span);
			case IASTFieldReference reference -> lowering.places.read(lowering.places.of(reference), span);
			case IASTArraySubscriptExpression subscript -> subscript(subscript, span);
			case IASTUnaryExpression unary -> unary(unary, span);
			case IASTBinaryExpression binary -> binary(binary, span);
			case IASTConditionalExpression choice -> choice(choice, span);
			case IASTFunctionCallExpression call -> lowering.calls.value(call);
			case ICPPASTNewExpression made -> made(made, span);
			case ICPPASTDeleteExpression delete -> {
				lowering.flow.emit(new HeapOp.Free(value(delete.getOperand()), DELETE, span));
				yield unknown(span);
			}
			case IASTExpressionList list -> {
				Variable last = unknown(span);
				for (IASTExpression each : list.getExpressions()) {
					last = value(each);
				}
				yield last;
			}
			default -> other(bare, span);
		};
	}

	/** Evaluates what a condition is made of that is no condition itself. */
	void parts(IASTInitializerClause bare) {
		if (bare instanceof IASTBinaryExpression binary && TRUTHS.contains(binary.getOperator())) {
			value(binary.getOperand1());
			value(binary.getOperand2());
		} else {
			value(bare);
		}
	}

	/** A constant, as far as its text tells. */
	Optional<Constant> constant(IASTInitializerClause bare) {
		if (bare instanceof IASTLiteralExpression literal) {
			return switch (literal.getKind()) {
				case IASTLiteralExpression.lk_nullptr -> Optional.of(Constant.NULL);
				case IASTLiteralExpression.lk_true -> Optional.of(Constant.TRUE);
				case IASTLiteralExpression.lk_false -> Optional.of(Constant.FALSE);
				case IASTLiteralExpression.lk_this -> Optional.empty();
				default -> Optional.of(new Constant.Literal(String.valueOf(literal.getValue()).replaceAll("(?<=\\d)[uUlL]+$", "")));
			};
		}
		if (bare instanceof IASTIdExpression id) {
			String name = Names.last(id.getName());
			if (name.equals("NULL") || name.equals("__null")) {
				return Optional.of(Constant.NULL);
			}
			boolean field = lowering.hasSelf() && lowering.context.functions().field(lowering.function.owner(), name).isPresent();
			boolean named = name.length() > 1 && name.equals(name.toUpperCase(java.util.Locale.ROOT)) && Character.isLetter(name.charAt(0));
			return named && !field && lowering.local(name).isEmpty()
					? Optional.of(lowering.context.model().constant(name))
					: Optional.empty();
		}
		return Optional.empty();
	}

	Variable assigned(Optional<Constant> constant, Span span) {
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.Assign(result, constant, span));
		return result;
	}

	Variable unknown(Span span) {
		return assigned(Optional.empty(), span);
	}

	private Variable subscript(IASTArraySubscriptExpression subscript, Span span) {
		Variable array = value(subscript.getArrayExpression());
		if (subscript.getArgument() != null) {
			value(subscript.getArgument());
		}
		lowering.flow.emit(new HeapOp.Use(array, false, "read", span));
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.Take(result, array, false, false, span));
		return result;
	}

	private Variable unary(IASTUnaryExpression unary, Span span) {
		IASTExpression operand = unary.getOperand();
		if (operand == null) {
			return unknown(span);
		}
		switch (unary.getOperator()) {
			case IASTUnaryExpression.op_not -> {
				return lowering.conditions.value(unary);
			}
			case IASTUnaryExpression.op_star -> {
				return lowering.places.read(lowering.places.of(unary), span);
			}
			case IASTUnaryExpression.op_amper -> {
				return address(operand, span);
			}
			case IASTUnaryExpression.op_prefixIncr, IASTUnaryExpression.op_prefixDecr, IASTUnaryExpression.op_postFixIncr,
					IASTUnaryExpression.op_postFixDecr -> {
				return moved(operand, span);
			}
			case IASTUnaryExpression.op_sizeof, IASTUnaryExpression.op_alignOf, IASTUnaryExpression.op_typeid -> {
				return unknown(span);
			}
			case IASTUnaryExpression.op_throw -> {
				value(operand);
				lowering.statements.thrown(span);
				return unknown(span);
			}
			default -> {
				value(operand);
				return unknown(span);
			}
		}
	}

	/** The address of an object is the object; who has that of a pointer can do with the pointer as he likes. */
	private Variable address(IASTExpression operand, Span span) {
		Places.Place place = lowering.places.of(operand);
		if (place instanceof Places.Place.Local(Variable variable, Kind kind) && !kind.holdsPointer()) {
			return kind == Kind.SCALAR ? unknown(span) : variable;
		}
		if (place instanceof Places.Place.Element(Variable container)) {
			Variable inside = lowering.temporary();
			lowering.flow.emit(new HeapOp.Derive(inside, container, span));
			return inside;
		}
		Variable held = lowering.places.read(place, span);
		lowering.flow.emit(new HeapOp.Escape(held, "its address is taken here", span));
		return unknown(span);
	}

	/** A pointer that moves leads into the block, no longer to its start. */
	private Variable moved(IASTExpression operand, Span span) {
		Places.Place place = lowering.places.of(operand);
		Variable before = lowering.places.read(place, span);
		Variable after = unknown(span);
		lowering.flow.emit(new HeapOp.Derive(after, before, span));
		lowering.places.write(place, after, span);
		return after;
	}

	private Variable binary(IASTBinaryExpression binary, Span span) {
		Optional<Variable> call = lowering.misread.value(binary);
		if (call.isPresent()) {
			return call.get();
		}
		if (TRUTHS.contains(binary.getOperator())) {
			return lowering.conditions.value(binary);
		}
		IASTInitializerClause right = binary.getInitOperand2() == null ? binary.getOperand2() : binary.getInitOperand2();
		if (binary.getOperator() == IASTBinaryExpression.op_assign) {
			return assign(binary.getOperand1(), right, span);
		}
		if (binary.getOperator() == IASTBinaryExpression.op_plusAssign || binary.getOperator() == IASTBinaryExpression.op_minusAssign) {
			value(right);
			return moved(binary.getOperand1(), span);
		}
		Variable left = value(binary.getOperand1());
		Variable other = value(right);
		Variable result = unknown(span);
		if (binary.getOperator() == IASTBinaryExpression.op_plus || binary.getOperator() == IASTBinaryExpression.op_minus) {
			lowering.flow.emit(new HeapOp.Derive(result, left, span));
			lowering.flow.emit(new HeapOp.Derive(result, other, span));
		}
		return result;
	}

	private Variable assign(IASTExpression target, IASTInitializerClause right, Span span) {
		Variable value = value(right);
		Places.Place place = lowering.places.of(target);
		if (place instanceof Places.Place.Element(Variable container)) {
			lowering.flow.emit(new HeapOp.Use(container, true, "written", span));
		}
		lowering.places.write(place, value, span);
		return value;
	}

	private Variable choice(IASTConditionalExpression choice, Span span) {
		Variable result = lowering.temporary();
		Flow.Split split = lowering.conditions.split(choice.getLogicalConditionExpression());
		lowering.flow.resume(split.whenTrue());
		lowering.flow.emit(new HeapOp.Copy(result, value(choice.getPositiveResultExpression() == null
				? choice.getLogicalConditionExpression()
				: choice.getPositiveResultExpression()), span));
		var positive = lowering.flow.take();
		lowering.flow.resume(split.whenFalse());
		lowering.flow.emit(new HeapOp.Copy(result, value(choice.getNegativeResultExpression()), span));
		lowering.flow.join(positive);
		return result;
	}

	private Variable made(ICPPASTNewExpression made, Span span) {
		var arguments = made.getInitializer() == null
				? java.util.List.<IASTInitializerClause>of()
				: Initializers.clauses(made.getInitializer());
		var values = arguments.stream().map(this::value).toList();
		lowering.statements.mayThrow(span);
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.New(result, span));
		values.forEach(value -> lowering.flow.emit(new HeapOp.Hold(result, value, span)));
		return result;
	}

	/** What is not followed gets hold of all it names. */
	private Variable other(IASTInitializerClause clause, Span span) {
		Names.expressions(clause, expression -> {
			if (expression instanceof IASTIdExpression id && lowering.local(Names.last(id.getName())).isPresent()) {
				lowering.flow.emit(new HeapOp.Escape(lowering.places.read(lowering.places.of(id), span), "captured here", span));
			}
		});
		return unknown(span);
	}
}
