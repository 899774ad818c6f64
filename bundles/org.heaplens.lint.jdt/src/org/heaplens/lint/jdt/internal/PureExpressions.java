// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.core.dom.CharacterLiteral;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.IVariableBinding;
import org.eclipse.jdt.core.dom.InfixExpression;
import org.eclipse.jdt.core.dom.InfixExpression.Operator;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.NumberLiteral;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.PrefixExpression;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.heaplens.lint.flow.Variable;

/**
 * Expressions that have the same value whenever they are evaluated, until a variable in them is assigned. Fields count
 * as such between two turns of a loop. Confined to one thread.
 */
final class PureExpressions {
	/** The variable that stands for a condition about others, or for its opposite. */
	record Known(Variable variable, boolean negated, List<Variable> about) {}

	private final Lowering lowering;

	PureExpressions(Lowering lowering) {
		this.lowering = lowering;
	}

	/** What stands for the condition; empty if it has to be evaluated anew. */
	Optional<Known> known(Expression condition) {
		var about = new ArrayList<Variable>();
		boolean negated = false;
		Optional<String> text;
		if (condition instanceof InfixExpression infix && !infix.hasExtendedOperands()) {
			Operator operator = infix.getOperator();
			boolean swapped = operator == Operator.GREATER || operator == Operator.LESS_EQUALS;
			negated = operator == Operator.LESS_EQUALS || operator == Operator.GREATER_EQUALS
					|| operator == Operator.NOT_EQUALS;
			Expression left = swapped ? infix.getRightOperand() : infix.getLeftOperand();
			Expression right = swapped ? infix.getLeftOperand() : infix.getRightOperand();
			text = join(text(left, about), canonical(operator), text(right, about));
		} else {
			text = text(condition, about);
		}
		boolean opposite = negated;
		return text.map(key -> new Known(lowering.interned("(" + key + ")", about), opposite, about));
	}

	private static String canonical(Operator operator) {
		boolean ordering = operator == Operator.LESS || operator == Operator.GREATER
				|| operator == Operator.LESS_EQUALS || operator == Operator.GREATER_EQUALS;
		boolean equality = operator == Operator.EQUALS || operator == Operator.NOT_EQUALS;
		return ordering ? "<" : equality ? "==" : operator.toString();
	}

	private static Optional<String> join(Optional<String> left, String operator, Optional<String> right) {
		return left.flatMap(one -> right.map(other -> one + operator + other));
	}

	private Optional<String> text(Expression expression, List<Variable> about) {
		return switch (expression) {
			case NumberLiteral literal -> Optional.of(literal.getToken());
			case StringLiteral literal -> Optional.of(literal.getEscapedValue());
			case CharacterLiteral literal -> Optional.of(literal.getEscapedValue());
			case ParenthesizedExpression inner -> text(inner.getExpression(), about).map(text -> "(" + text + ")");
			case PrefixExpression prefix when prefix.getOperator() != PrefixExpression.Operator.INCREMENT
					&& prefix.getOperator() != PrefixExpression.Operator.DECREMENT ->
				text(prefix.getOperand(), about).map(text -> prefix.getOperator() + text);
			case InfixExpression infix when !infix.hasExtendedOperands() -> join(text(infix.getLeftOperand(), about),
					infix.getOperator().toString(), text(infix.getRightOperand(), about));
			case SimpleName name -> Optional.of(name(name, about));
			case QualifiedName name -> text(name.getQualifier(), about).map(owner -> {
				if (!isFinal(name.resolveBinding() instanceof IVariableBinding field ? field : null)) {
					about.add(lowering.fields);
				}
				return owner + "." + name.getName().getIdentifier();
			});
			case FieldAccess access when access.getExpression() instanceof ThisExpression -> Optional
					.of(field(access.getName().getIdentifier(), access.resolveFieldBinding(), about));
			default -> Optional.empty();
		};
	}

	private String name(SimpleName name, List<Variable> about) {
		Optional<Variable> local = lowering.scope.find(name.getIdentifier());
		if (local.isPresent()) {
			about.add(local.get());
			return name.getIdentifier() + "#" + local.get().index();
		}
		return field(name.getIdentifier(), name.resolveBinding() instanceof IVariableBinding field ? field : null,
				about);
	}

	private String field(String name, @org.eclipse.jdt.annotation.Nullable IVariableBinding binding,
			List<Variable> about) {
		about.add(lowering.expressions.field(name));
		if (!isFinal(binding)) {
			about.add(lowering.fields);
		}
		return "this." + name;
	}

	private static boolean isFinal(@org.eclipse.jdt.annotation.Nullable IVariableBinding binding) {
		return binding != null && Modifier.isFinal(binding.getModifiers());
	}
}
