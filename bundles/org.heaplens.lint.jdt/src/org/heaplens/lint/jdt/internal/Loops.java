// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.Set;

import org.eclipse.jdt.core.dom.DoStatement;
import org.eclipse.jdt.core.dom.EnhancedForStatement;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ForStatement;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.Statement;
import org.eclipse.jdt.core.dom.VariableDeclarationExpression;
import org.eclipse.jdt.core.dom.WhileStatement;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers loops. Confined to one thread. */
final class Loops {
	private final Lowering lowering;
	private final Statements statements;

	Loops(Lowering lowering, Statements statements) {
		this.lowering = lowering;
		this.statements = statements;
	}

	boolean isLoop(Statement statement) {
		return statement instanceof WhileStatement || statement instanceof DoStatement
				|| statement instanceof ForStatement || statement instanceof EnhancedForStatement;
	}

	/** Does nothing with a statement that is no loop. */
	void lower(Statement statement, Set<String> labels) {
		switch (statement) {
			case WhileStatement loop -> whileLoop(loop, labels);
			case DoStatement loop -> doLoop(loop, labels);
			case ForStatement loop -> statements.scoped(end(loop), () -> forLoop(loop, labels));
			case EnhancedForStatement loop -> forEach(loop, labels);
			default -> {
			}
		}
	}

	private static Span end(Statement loop) {
		return new Span(loop.getStartPosition() + loop.getLength() - 1, 1);
	}

	private int head(Statement loop) {
		return lowering.flow.emit(new HeapOp.Join(new Span(loop.getStartPosition(), 0)));
	}

	/** Back to the head; what is known of fields does not outlast a turn. */
	private void again(int head, Statement loop) {
		lowering.forget(lowering.fields, end(loop));
		lowering.flow.connect(lowering.flow.take(), head);
	}

	/** The body, and where the next turn starts. */
	private Frame.Target turn(Statement body, Set<String> labels) {
		Frame.Target target = Frame.Target.of(lowering.frame, labels, true, true, null);
		statements.inside(target, () -> statements.nested(body));
		lowering.flow.join(target.continues());
		return target;
	}

	/** A loop that counts up to the size of a container sees all of its elements. */
	private void rewind(Expression condition) {
		lowering.conditions.counted(condition).forEach(container -> lowering.flow
				.emit(new HeapOp.Rewind(lowering.expressions.value(container), Lowering.span(condition))));
	}

	private void whileLoop(WhileStatement loop, Set<String> labels) {
		rewind(loop.getExpression());
		int head = head(loop);
		Flow.Split split = lowering.conditions.branch(loop.getExpression());
		lowering.flow.resume(split.whenTrue());
		Frame.Target target = turn(loop.getBody(), labels);
		again(head, loop);
		lowering.flow.resume(split.whenFalse());
		lowering.flow.join(target.breaks());
	}

	private void doLoop(DoStatement loop, Set<String> labels) {
		int head = head(loop);
		Frame.Target target = turn(loop.getBody(), labels);
		if (lowering.flow.reachable()) {
			Flow.Split split = lowering.conditions.branch(loop.getExpression());
			lowering.flow.resume(split.whenTrue());
			again(head, loop);
			lowering.flow.resume(split.whenFalse());
		}
		lowering.flow.join(target.breaks());
	}

	private void forLoop(ForStatement loop, Set<String> labels) {
		for (Object each : loop.initializers()) {
			if (each instanceof VariableDeclarationExpression declaration) {
				statements.declare(declaration);
			} else {
				lowering.expressions.value((Expression) each);
			}
		}
		if (loop.getExpression() != null) {
			rewind(loop.getExpression());
		}
		int head = head(loop);
		Flow.Split split = loop.getExpression() == null
				? new Flow.Split(lowering.flow.take(), List.of())
				: lowering.conditions.branch(loop.getExpression());
		lowering.flow.resume(split.whenTrue());
		Frame.Target target = turn(loop.getBody(), labels);
		for (Object each : loop.updaters()) {
			lowering.expressions.value((Expression) each);
		}
		again(head, loop);
		lowering.flow.resume(split.whenFalse());
		lowering.flow.join(target.breaks());
	}

	private void forEach(EnhancedForStatement loop, Set<String> labels) {
		Variable container = lowering.expressions.value(loop.getExpression());
		lowering.flow.emit(new HeapOp.Rewind(container, Lowering.span(loop.getExpression())));
		head(loop);
		int test = lowering.flow.emit(new HeapOp.Test(Lowering.span(loop.getExpression())));
		if (test < 0) {
			return; // what is iterated over never gets there
		}
		String elements = Texts.of(loop.getExpression());
		lowering.flow.resume(
				List.of(new Flow.Dangling(test, new Guard.Opaque("the loop takes an element of " + elements))));
		var target = new Frame.Target[1];
		statements.scoped(end(loop), () -> {
			SingleVariableDeclaration parameter = loop.getParameter();
			Variable variable = lowering.declare(parameter.getName(), parameter.getType().toString());
			lowering.noteInferred(variable, lowering.members.elementType(loop.getExpression()));
			lowering.flow.emit(new HeapOp.Take(variable, container, false, true, Lowering.span(parameter)));
			if (lowering.isBuffer(variable)) {
				lowering.flow.emit(new HeapOp.Receive(variable, false, Lowering.span(parameter)));
			}
			target[0] = turn(loop.getBody(), labels);
		});
		again(test, loop);
		lowering.flow.resume(List.of(new Flow.Dangling(test, new Guard.Exhausted(container, "the loop over "
				+ elements + " is done"))));
		lowering.flow.join(target[0].breaks());
	}
}
