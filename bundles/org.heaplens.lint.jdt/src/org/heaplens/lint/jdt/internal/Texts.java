// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.Assignment;
import org.heaplens.lint.flow.Constant;

/** The words of steps. Stateless. */
final class Texts {
	private static final int LONGEST = 60;

	private Texts() {}

	/** A short text for an expression. */
	static String of(ASTNode node) {
		return switch (node) {
			case ParenthesizedExpression inner -> of(inner.getExpression());
			case Assignment assignment -> of(assignment.getLeftHandSide());
			case MethodInvocation call -> call.getName().getIdentifier() + "(" + (call.arguments().isEmpty() ? "" : "…")
					+ ")";
			default -> {
				String text = node.toString().replaceAll("\\s+", " ").strip();
				yield text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
			}
		};
	}

	/** Says when a branch is taken. */
	static String branch(String subject, Constant constant, boolean equal) {
		String not = equal ? "" : "not ";
		return "this branch is taken when " + switch (constant) {
			case Constant.Null nothing -> subject + " is " + not + "null";
			case Constant.Truth(boolean value) when subject.contains(" ") -> subject
					+ (value == equal ? "" : " does not hold");
			case Constant.Truth(boolean value) -> subject + " is " + (value == equal);
			case Constant.Symbol(String name) -> name.equals("OK")
					? subject + (equal ? " succeeds" : " fails")
					: subject + " is " + not + name;
			case Constant.Literal(String text) -> subject + " is " + not + text;
		};
	}
}
