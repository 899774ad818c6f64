// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.cdt.core.dom.ast.IASTBreakStatement;
import org.eclipse.cdt.core.dom.ast.IASTCaseStatement;
import org.eclipse.cdt.core.dom.ast.IASTCompoundStatement;
import org.eclipse.cdt.core.dom.ast.IASTContinueStatement;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarationStatement;
import org.eclipse.cdt.core.dom.ast.IASTDefaultStatement;
import org.eclipse.cdt.core.dom.ast.IASTDoStatement;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionStatement;
import org.eclipse.cdt.core.dom.ast.IASTForStatement;
import org.eclipse.cdt.core.dom.ast.IASTGotoStatement;
import org.eclipse.cdt.core.dom.ast.IASTIfStatement;
import org.eclipse.cdt.core.dom.ast.IASTLabelStatement;
import org.eclipse.cdt.core.dom.ast.IASTReturnStatement;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTStatement;
import org.eclipse.cdt.core.dom.ast.IASTSwitchStatement;
import org.eclipse.cdt.core.dom.ast.IASTWhileStatement;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTCatchHandler;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTIfStatement;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTRangeBasedForStatement;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTTryBlockStatement;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers statements. Confined to one thread. */
final class Statements {
	/** What break and continue leave. */
	private record Target(@Nullable Target outer, List<Flow.Dangling> breaks, @Nullable List<Flow.Dangling> continues) {}

	/** The edges that lead to the handlers of a try block. */
	private record Handlers(@Nullable Handlers outer, List<Flow.Dangling> thrown) {}

	/** A label: where it is, once it was reached, and the edges that wait for it until then. */
	private static final class Label {
		int node = -1;
		final List<Flow.Dangling> waiting = new ArrayList<>();
	}

	/** A switch statement, and how its head leads to each label of it. */
	private record Choice(@Nullable Choice outer, int head, Optional<Variable> value, boolean[] hasDefault) {}

	private final Lowering lowering;
	private final Map<String, Label> labels = new HashMap<>();
	private @Nullable Target target;
	private @Nullable Handlers handlers;
	private @Nullable Choice choice;

	Statements(Lowering lowering) {
		this.lowering = lowering;
	}

	void lower(@Nullable IASTStatement statement) {
		if (statement == null) {
			return;
		}
		switch (statement) {
			case IASTCompoundStatement block -> scoped(statement, () -> List.of(block.getStatements()).forEach(this::lower));
			case IASTDeclarationStatement declaration -> declaration(declaration.getDeclaration());
			case IASTExpressionStatement expression -> lowering.expressions.value(expression.getExpression());
			case IASTIfStatement branch -> scoped(statement, () -> branch(branch));
			case IASTWhileStatement loop -> scoped(statement, () -> loop(loop.getCondition(), loop.getBody(), null));
			case IASTDoStatement loop -> repeat(loop);
			case IASTForStatement loop -> scoped(statement, () -> {
				lower(loop.getInitializerStatement());
				loop(loop.getConditionExpression(), loop.getBody(), loop.getIterationExpression());
			});
			case ICPPASTRangeBasedForStatement loop -> scoped(statement, () -> each(loop));
			case IASTSwitchStatement selection -> scoped(statement, () -> select(selection));
			case IASTCaseStatement label -> label(label, Optional.of(label.getExpression()));
			case IASTDefaultStatement label -> label(label, Optional.empty());
			case IASTBreakStatement leave -> leave(true);
			case IASTContinueStatement again -> leave(false);
			case IASTReturnStatement leave -> leave(leave);
			case IASTGotoStatement jump -> jump(String.valueOf(jump.getName()));
			case IASTLabelStatement label -> {
				mark(String.valueOf(label.getName()), Names.span(label));
				lower(label.getNestedStatement());
			}
			case ICPPASTTryBlockStatement guarded -> guarded(guarded);
			default -> {
				// Empty, or nothing the parser understands.
			}
		}
	}

	private void declaration(IASTDeclaration declaration) {
		if (declaration instanceof IASTSimpleDeclaration simple) {
			lowering.declarations.lower(simple);
		}
	}

	private void scoped(IASTStatement statement, Runnable body) {
		var inner = new Scope(lowering.scope);
		Scope outer = lowering.scope;
		lowering.scope = inner;
		body.run();
		lowering.scope = outer;
		if (!inner.own().isEmpty() && outer.outer != null) {
			Span span = Names.span(statement);
			lowering.flow.emit(new HeapOp.EndScope(List.copyOf(inner.own()), new Span(Math.max(0, span.end() - 1), 1)));
		}
	}

	private void branch(IASTIfStatement branch) {
		IASTExpression condition = branch.getConditionExpression();
		if (branch instanceof ICPPASTIfStatement cpp) {
			lower(cpp.getInitializerStatement());
			if (cpp.getConditionDeclaration() != null) {
				declaration(cpp.getConditionDeclaration());
			}
		}
		Flow.Split split = condition == null ? lowering.conditions.unknown(Names.span(branch)) : lowering.conditions.split(condition);
		lowering.flow.resume(split.whenTrue());
		lower(branch.getThenClause());
		List<Flow.Dangling> then = lowering.flow.take();
		lowering.flow.resume(split.whenFalse());
		lower(branch.getElseClause());
		lowering.flow.join(then);
	}

	private void loop(@Nullable IASTExpression condition, @Nullable IASTStatement body, @Nullable IASTExpression step) {
		Span span = body == null ? new Span(0, 0) : Names.span(body);
		int head = lowering.flow.emit(new HeapOp.Join(span));
		if (head < 0) {
			lower(body); // labels in it may be reached
			return;
		}
		Flow.Split split = condition == null
				? new Flow.Split(lowering.flow.take(), List.of())
				: lowering.conditions.split(condition);
		lowering.flow.resume(split.whenTrue());
		var inner = new Target(target, new ArrayList<>(), new ArrayList<>());
		inside(inner, () -> lower(body));
		lowering.flow.join(continues(inner));
		if (step != null && lowering.flow.reachable()) {
			lowering.expressions.value(step);
		}
		lowering.flow.connect(lowering.flow.take(), head);
		lowering.flow.resume(split.whenFalse());
		lowering.flow.join(inner.breaks());
	}

	private static List<Flow.Dangling> continues(Target target) {
		List<Flow.Dangling> edges = target.continues();
		return edges == null ? List.of() : edges;
	}

	private void inside(Target inner, Runnable body) {
		target = inner;
		body.run();
		target = inner.outer();
	}

	private void repeat(IASTDoStatement loop) {
		int head = lowering.flow.emit(new HeapOp.Join(Names.span(loop)));
		var inner = new Target(target, new ArrayList<>(), new ArrayList<>());
		inside(inner, () -> lower(loop.getBody()));
		lowering.flow.join(continues(inner));
		if (lowering.flow.reachable()) {
			Flow.Split split = lowering.conditions.split(loop.getCondition());
			if (head >= 0) {
				lowering.flow.connect(split.whenTrue(), head);
			}
			lowering.flow.resume(split.whenFalse());
		}
		lowering.flow.join(inner.breaks());
	}

	private void each(ICPPASTRangeBasedForStatement loop) {
		Span span = Names.span(loop.getInitializerClause());
		Variable container = lowering.expressions.value(loop.getInitializerClause());
		lowering.flow.emit(new HeapOp.Rewind(container, span));
		int head = lowering.flow.emit(new HeapOp.Join(span));
		if (head < 0) {
			return;
		}
		int test = lowering.flow.emit(new HeapOp.Test(span));
		lowering.flow.take();
		lowering.flow.resume(List.of(new Flow.Dangling(test, Guard.ALWAYS)));
		Variable element = lowering.declarations.element(loop.getDeclaration());
		lowering.flow.emit(new HeapOp.Take(element, container, false, true, span));
		var inner = new Target(target, new ArrayList<>(), new ArrayList<>());
		inside(inner, () -> lower(loop.getBody()));
		lowering.flow.join(continues(inner));
		lowering.flow.connect(lowering.flow.take(), head);
		lowering.flow.resume(List.of(new Flow.Dangling(test, new Guard.Exhausted(container, ""))));
		lowering.flow.join(inner.breaks());
	}

	private void select(IASTSwitchStatement selection) {
		Variable value = lowering.expressions.value(selection.getControllerExpression());
		int head = lowering.flow.emit(new HeapOp.Test(Names.span(selection.getControllerExpression())));
		lowering.flow.take();
		Target outside = target;
		var inner = new Target(outside, new ArrayList<>(), outside == null ? null : outside.continues());
		var here = new Choice(choice, head, Optional.of(value), new boolean[1]);
		choice = here;
		inside(inner, () -> lower(selection.getBody()));
		choice = here.outer();
		if (!here.hasDefault()[0] && head >= 0) {
			lowering.flow.join(List.of(new Flow.Dangling(head, new Guard.Opaque("no case fits here"))));
		}
		lowering.flow.join(inner.breaks());
	}

	private void label(IASTStatement label, Optional<IASTExpression> constant) {
		Choice here = choice;
		if (here == null || here.head() < 0) {
			return;
		}
		String text = "'" + Names.text(label) + "' is taken here";
		Guard guard = constant.flatMap(each -> lowering.expressions.constant(Names.bare(each)))
				.<Guard>map(each -> new Guard.Compare(here.value().orElseThrow(), each, true, text)).orElse(new Guard.Opaque(text));
		here.hasDefault()[0] |= constant.isEmpty();
		lowering.flow.join(List.of(new Flow.Dangling(here.head(), guard)));
	}

	private void leave(boolean breaks) {
		List<Flow.Dangling> edges = lowering.flow.take();
		Target here = target;
		if (here != null) {
			(breaks ? here.breaks() : continues(here, edges)).addAll(edges);
		}
	}

	private static List<Flow.Dangling> continues(Target here, List<Flow.Dangling> lost) {
		List<Flow.Dangling> edges = here.continues();
		return edges == null ? new ArrayList<>(lost) : edges;
	}

	private void leave(IASTReturnStatement leave) {
		Span span = Names.span(leave);
		if (leave.getReturnArgument() != null) {
			Variable value = lowering.expressions.value(leave.getReturnArgument());
			lowering.flow.emit(new HeapOp.Copy(lowering.result, value, span));
		}
		lowering.flow.emit(new HeapOp.Exit(ExitKind.RETURN, span));
		lowering.flow.take();
	}

	/** The process ends here, or at least this function does in a way that nobody mends. */
	void ends() {
		lowering.flow.take();
	}

	private void jump(String name) {
		Label label = labels.computeIfAbsent(name, each -> new Label());
		List<Flow.Dangling> edges = lowering.flow.take();
		if (label.node >= 0) {
			lowering.flow.connect(edges, label.node);
		} else {
			label.waiting.addAll(edges);
		}
	}

	private void mark(String name, Span span) {
		Label label = labels.computeIfAbsent(name, each -> new Label());
		lowering.flow.join(label.waiting);
		label.waiting.clear();
		label.node = lowering.flow.emit(new HeapOp.Join(span));
	}

	private void guarded(ICPPASTTryBlockStatement guarded) {
		var inner = new Handlers(handlers, new ArrayList<>());
		handlers = inner;
		lower(guarded.getTryBody());
		handlers = inner.outer();
		List<Flow.Dangling> after = lowering.flow.take();
		for (ICPPASTCatchHandler handler : guarded.getCatchHandlers()) {
			lowering.flow.resume(inner.thrown());
			scoped(handler, () -> {
				if (handler.getDeclaration() != null) {
					declaration(handler.getDeclaration());
				}
				lower(handler.getCatchBody());
			});
			after.addAll(lowering.flow.take());
		}
		lowering.flow.resume(after);
	}

	/** Something may throw here. Only handlers in the same function are asked: few programs reckon with anything else. */
	void mayThrow(Span span) {
		Handlers here = handlers;
		if (here != null) {
			int node = lowering.flow.emit(new HeapOp.Invoke(span));
			if (node >= 0) {
				here.thrown().add(new Flow.Dangling(node, new Guard.Throws("an exception is thrown here")));
			}
		}
	}

	/** Something is thrown here. */
	void thrown(Span span) {
		Handlers here = handlers;
		if (here == null) {
			lowering.flow.emit(new HeapOp.Exit(ExitKind.THROW, span));
			lowering.flow.take();
		} else {
			lowering.flow.emit(new HeapOp.Join(span));
			here.thrown().addAll(lowering.flow.take());
		}
	}
}
