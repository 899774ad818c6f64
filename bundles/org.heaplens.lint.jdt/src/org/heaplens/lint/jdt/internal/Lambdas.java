// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.AnonymousClassDeclaration;
import org.eclipse.jdt.core.dom.Block;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ExpressionMethodReference;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.ReturnStatement;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.VariableDeclaration;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/**
 * Lowers functions that a call of the platform runs before it returns, where they are written: what they do is done by the
 * function around them. Confined to one thread.
 */
final class Lambdas {
	/** The property of a lambda that is lowered where it stands, and need not be looked at alone. */
	static final String RUN_AT_ONCE = "org.heaplens.lint.jdt.runAtOnce";
	/** Stands for what a method reference is given. */
	private static final String GIVEN = "$given";

	private final Lowering lowering;

	Lambdas(Lowering lowering) {
		this.lowering = lowering;
	}

	/** Whether the argument is a function that can be lowered where it stands. */
	static boolean canRun(Object argument, int parameters) {
		return switch (argument) {
			case LambdaExpression lambda -> lambda.parameters().size() == parameters && !returns(lambda);
			case ExpressionMethodReference reference -> parameters == 1;
			default -> false;
		};
	}

	/** To return from a lambda is not to return from the function around it. */
	private static boolean returns(LambdaExpression lambda) {
		var found = new boolean[1];
		Nodes.walk(lambda.getBody(), node -> {
			found[0] |= node instanceof ReturnStatement;
			return !(node instanceof LambdaExpression || node instanceof AnonymousClassDeclaration
					|| node instanceof AbstractTypeDeclaration);
		});
		return found[0];
	}

	/** Runs the function for every element of the container, as {@code forEach} does. */
	void forEach(MethodInvocation call, Expression function, Variable container, String elements, int parameters) {
		Span span = Lowering.span(call);
		lowering.flow.emit(new HeapOp.Rewind(container, span));
		lowering.flow.emit(new HeapOp.Join(new Span(call.getStartPosition(), 0)));
		int test = lowering.flow.emit(new HeapOp.Test(span));
		if (test < 0) {
			return;
		}
		String text = Texts.of(call.getExpression() == null ? call : call.getExpression());
		lowering.flow.resume(List.of(new Flow.Dangling(test, new Guard.Opaque(call.getName() + " takes an element of " + text))));
		Variable element = lowering.temporary();
		lowering.flow.emit(new HeapOp.Take(element, container, false, true, span));
		var values = new ArrayList<Variable>();
		for (int index = 1; index < parameters; index++) {
			values.add(lowering.temporary());
		}
		values.add(element);
		run(function, values, elements);
		lowering.flow.connect(lowering.flow.take(), test);
		lowering.flow.resume(List.of(new Flow.Dangling(test,
				new Guard.Exhausted(container, call.getName() + " has taken all elements of " + text))));
	}

	/** Runs the function where the value is not null. */
	void ifThere(Expression function, Variable value, String type, Span span) {
		int test = lowering.flow.emit(new HeapOp.Test(span));
		if (test < 0) {
			return;
		}
		lowering.flow.take();
		lowering.flow.resume(List.of(new Flow.Dangling(test, new Guard.Compare(value, Constant.NULL, false, ""))));
		run(function, List.of(value), type);
		List<Flow.Dangling> done = lowering.flow.take();
		lowering.flow.resume(List.of(new Flow.Dangling(test, new Guard.Compare(value, Constant.NULL, true, ""))));
		lowering.flow.join(done);
	}

	/** Runs a function that {@link #canRun can be} lowered where it stands; the last of the values has that type. */
	private void run(Expression function, List<Variable> values, String type) {
		var end = new Span(function.getStartPosition() + function.getLength() - 1, 1);
		lowering.statements.scoped(end, () -> {
			if (function instanceof LambdaExpression lambda) {
				lambda.setProperty(RUN_AT_ONCE, Boolean.TRUE);
				for (int index = 0; index < values.size(); index++) {
					var parameter = (VariableDeclaration) lambda.parameters().get(index);
					give(parameter.getName(), values.get(index), index == values.size() - 1 ? type : "");
				}
				body(lambda.getBody());
			} else if (function instanceof ExpressionMethodReference reference) {
				lowering.expressions.value(call(reference, values.get(0), type));
			}
		});
	}

	private void give(SimpleName name, Variable value, String type) {
		Variable parameter = lowering.declare(name, type);
		lowering.expressions.copy(parameter, value, name);
	}

	private void body(ASTNode body) {
		if (body instanceof Block block) {
			lowering.statements.nested(block);
		} else {
			lowering.expressions.value((Expression) body);
		}
	}

	/** The call that a reference to a method stands for; it stands where the reference does. */
	private Expression call(ExpressionMethodReference reference, Variable value, String type) {
		String name = reference.getName().getIdentifier();
		String text = isReceiver(reference)
				? GIVEN + "." + name + "()"
				: reference.getExpression() + "." + name + "(" + GIVEN + ")";
		Expression call = Parsing.expression(text);
		Nodes.walk(call, node -> {
			node.setSourceRange(reference.getStartPosition(), reference.getLength());
			return true;
		});
		Nodes.each(call, SimpleName.class, each -> {
			if (each.getIdentifier().equals(GIVEN)) {
				give(each, value, type);
			}
		});
		return call;
	}

	/** Whether the method is called on what is given, as in {@code Image::close}. */
	private boolean isReceiver(ExpressionMethodReference reference) {
		if (!lowering.members.isClass(reference.getExpression())) {
			return false;
		}
		IMethodBinding method = reference.resolveMethodBinding();
		if (method != null) {
			return !Modifier.isStatic(method.getModifiers());
		}
		String owner = lowering.members.owner(reference.getExpression());
		return lowering.models.isBlockType(owner) || lowering.members.declarations()
				.methods(owner, reference.getName().getIdentifier(), 0).stream().anyMatch(each -> !each.isStatic());
	}
}
