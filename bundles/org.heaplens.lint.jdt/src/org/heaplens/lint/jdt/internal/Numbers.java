// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.InfixExpression;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.NumberLiteral;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.PrefixExpression;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;

/** Computes whole numbers that an expression spells out. Stateless. */
final class Numbers {
	/** Constants made of constants are followed this far. */
	private static final int DEEPEST = 8;

	private Numbers() {}

	/** The value of an expression of constants, by its binding or else by its text. */
	static OptionalLong of(Expression expression) {
		Object known = expression.resolveConstantExpressionValue();
		if (known instanceof Integer || known instanceof Long || known instanceof Short || known instanceof Byte) {
			return OptionalLong.of(((Number) known).longValue());
		}
		return of(expression, DEEPEST);
	}

	private static OptionalLong of(@Nullable Expression expression, int depth) {
		if (depth == 0) {
			return OptionalLong.empty();
		}
		return switch (expression) {
			case NumberLiteral literal -> literal(literal.getToken());
			case ParenthesizedExpression inner -> of(inner.getExpression(), depth);
			case PrefixExpression prefix when prefix.getOperator() == PrefixExpression.Operator.MINUS -> {
				OptionalLong value = of(prefix.getOperand(), depth);
				yield value.isPresent() ? OptionalLong.of(-value.getAsLong()) : value;
			}
			case InfixExpression infix -> infix(infix, depth);
			case SimpleName name -> of(constant(name), depth - 1);
			case null, default -> OptionalLong.empty();
		};
	}

	private static OptionalLong literal(String token) {
		String digits = token.replace("_", "").replaceAll("[lL]$", "");
		try {
			boolean binary = digits.regionMatches(true, 0, "0b", 0, 2);
			return OptionalLong.of(binary ? Long.parseLong(digits.substring(2), 2) : Long.decode(digits));
		} catch (NumberFormatException e) {
			return OptionalLong.empty(); // no whole number
		}
	}

	private static OptionalLong infix(InfixExpression infix, int depth) {
		OptionalLong value = of(infix.getLeftOperand(), depth);
		value = apply(infix.getOperator(), value, of(infix.getRightOperand(), depth));
		List<?> more = infix.extendedOperands();
		for (Object operand : more) {
			value = apply(infix.getOperator(), value, of((Expression) operand, depth));
		}
		return value;
	}

	/** Empty where the result is out of the range of an int: nobody means it to wrap around. */
	private static OptionalLong apply(InfixExpression.Operator operator, OptionalLong left, OptionalLong right) {
		if (left.isEmpty() || right.isEmpty()) {
			return OptionalLong.empty();
		}
		long one = left.getAsLong();
		long other = right.getAsLong();
		long result;
		if (operator == InfixExpression.Operator.PLUS) {
			result = one + other;
		} else if (operator == InfixExpression.Operator.MINUS) {
			result = one - other;
		} else if (operator == InfixExpression.Operator.TIMES) {
			result = one * other;
		} else if (operator == InfixExpression.Operator.DIVIDE && other != 0) {
			result = one / other;
		} else if (operator == InfixExpression.Operator.LEFT_SHIFT && other >= 0 && other < Integer.SIZE) {
			result = one << other;
		} else {
			return OptionalLong.empty();
		}
		return result == (int) result ? OptionalLong.of(result) : OptionalLong.empty();
	}

	/** What a constant of an enclosing class is; null if the name is none. */
	private static @Nullable Expression constant(SimpleName name) {
		for (ASTNode node = name; node != null; node = node.getParent()) {
			if (declares(node, name.getIdentifier())) {
				return null; // a local variable hides it
			}
			if (node instanceof AbstractTypeDeclaration type) {
				Expression value = constant(type, name.getIdentifier());
				if (value != null) {
					return value;
				}
			}
		}
		return null;
	}

	private static boolean declares(ASTNode node, String name) {
		var found = new boolean[1];
		if (node instanceof org.eclipse.jdt.core.dom.MethodDeclaration || node instanceof org.eclipse.jdt.core.dom.LambdaExpression) {
			Nodes.each(node, org.eclipse.jdt.core.dom.VariableDeclaration.class,
					declaration -> found[0] |= declaration.getName().getIdentifier().equals(name));
		}
		return found[0];
	}

	private static @Nullable Expression constant(AbstractTypeDeclaration type, String name) {
		for (Object member : type.bodyDeclarations()) {
			if (member instanceof FieldDeclaration field && Modifier.isFinal(field.getModifiers())) {
				for (Object each : field.fragments()) {
					var fragment = (VariableDeclarationFragment) each;
					if (fragment.getName().getIdentifier().equals(name)) {
						return fragment.getInitializer();
					}
				}
			}
		}
		return null;
	}
}
