// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AssertStatement;
import org.eclipse.jdt.core.dom.Block;
import org.eclipse.jdt.core.dom.BreakStatement;
import org.eclipse.jdt.core.dom.ConstructorInvocation;
import org.eclipse.jdt.core.dom.ContinueStatement;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ExpressionStatement;
import org.eclipse.jdt.core.dom.IfStatement;
import org.eclipse.jdt.core.dom.LabeledStatement;
import org.eclipse.jdt.core.dom.Pattern;
import org.eclipse.jdt.core.dom.RecordPattern;
import org.eclipse.jdt.core.dom.ReturnStatement;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.Statement;
import org.eclipse.jdt.core.dom.SuperConstructorInvocation;
import org.eclipse.jdt.core.dom.SwitchStatement;
import org.eclipse.jdt.core.dom.SynchronizedStatement;
import org.eclipse.jdt.core.dom.ThrowStatement;
import org.eclipse.jdt.core.dom.TryStatement;
import org.eclipse.jdt.core.dom.TypeDeclarationStatement;
import org.eclipse.jdt.core.dom.TypePattern;
import org.eclipse.jdt.core.dom.VariableDeclaration;
import org.eclipse.jdt.core.dom.VariableDeclarationExpression;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.eclipse.jdt.core.dom.VariableDeclarationStatement;
import org.eclipse.jdt.core.dom.YieldStatement;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers statements. Confined to one thread. */
final class Statements {
	private final Lowering lowering;
	private final Loops loops;
	private final Tries tries;
	private final Switches switches;

	Statements(Lowering lowering) {
		this.lowering = lowering;
		this.loops = new Loops(lowering, this);
		this.tries = new Tries(lowering, this);
		this.switches = new Switches(lowering, this);
	}

	Switches switches() {
		return switches;
	}

	/** The statements of a block, whose variables end where the function does. */
	void body(Block block) {
		for (Object statement : block.statements()) {
			lower((Statement) statement, Set.of());
		}
	}

	/** Runs something inside a scope of its own; the variables declared in it end at {@code end}. */
	void scoped(Span end, Runnable statements) {
		Scope outerScope = lowering.scope;
		Frame outer = lowering.frame;
		var body = new Frame.Body(outer, new ArrayList<>());
		lowering.scope = new Scope(outerScope);
		lowering.frame = body;
		statements.run();
		lowering.frame = outer;
		lowering.scope = outerScope;
		endScope(body.variables(), end);
	}

	private void endScope(List<Variable> variables, Span span) {
		if (!variables.isEmpty()) {
			lowering.flow.emit(new HeapOp.EndScope(List.copyOf(variables), span));
		}
	}

	private static Span last(ASTNode node) {
		return new Span(node.getStartPosition() + Math.max(0, node.getLength() - 1), 1);
	}

	/** Lowers a statement as the body of another one: in a scope of its own. */
	void nested(Statement statement) {
		if (statement instanceof Block) {
			lower(statement, Set.of());
		} else {
			scoped(last(statement), () -> lower(statement, Set.of()));
		}
	}

	/**
	 * @param labels that stand before the statement
	 */
	void lower(Statement statement, Set<String> labels) {
		if (!lowering.flow.reachable()) {
			return;
		}
		switch (statement) {
			case Block block -> block(block, labels);
			case VariableDeclarationStatement declaration -> declare(declaration.fragments(),
					declaration.getType().toString());
			case ExpressionStatement expression -> lowering.expressions.value(expression.getExpression());
			case IfStatement choice -> choose(choice);
			case LabeledStatement labeled -> labeled(labeled, labels);
			case SwitchStatement choice -> switches.statement(choice, labels);
			case TryStatement attempt -> tries.lower(attempt);
			case ReturnStatement exit -> leave(exit);
			case ThrowStatement exit -> fail(exit);
			case BreakStatement exit -> jump(exit, exit.getLabel(), false);
			case ContinueStatement exit -> jump(exit, exit.getLabel(), true);
			case YieldStatement exit -> yieldTo(exit);
			case SynchronizedStatement locked -> {
				lowering.expressions.value(locked.getExpression());
				lower(locked.getBody(), Set.of());
			}
			case AssertStatement check -> {
				Flow.Split split = lowering.conditions.branch(check.getExpression());
				lowering.flow.resume(split.whenTrue());
			}
			case TypeDeclarationStatement declaration -> lowering.expressions.capture(declaration);
			case ConstructorInvocation call -> lowering.calls.delegate(call);
			case SuperConstructorInvocation call -> lowering.calls.delegate(call);
			default -> loops.lower(statement, labels);
		}
	}

	private void block(Block block, Set<String> labels) {
		if (labels.isEmpty()) {
			scoped(last(block), () -> body(block));
		} else {
			target(labels, false, false, () -> scoped(last(block), () -> body(block)));
		}
	}

	/** Lowers a statement that control may leave by break; what broke out goes on behind it. */
	void target(Set<String> labels, boolean loop, boolean plainBreak, Runnable statement) {
		Frame.Target target = Frame.Target.of(lowering.frame, labels, loop, plainBreak, null);
		inside(target, statement);
		lowering.flow.join(target.breaks());
	}

	void inside(Frame frame, Runnable statement) {
		Frame outer = lowering.frame;
		lowering.frame = frame;
		statement.run();
		lowering.frame = outer;
	}

	void declare(List<?> fragments, String type) {
		for (Object each : fragments) {
			var fragment = (VariableDeclarationFragment) each;
			Expression value = fragment.getInitializer();
			Variable variable = lowering.declare(fragment.getName(), type);
			if (value == null) {
				lowering.forget(variable, Lowering.span(fragment));
			} else {
				lowering.expressions.initialize(variable, value, fragment);
			}
		}
	}

	void declare(VariableDeclarationExpression declaration) {
		declare(declaration.fragments(), declaration.getType().toString());
	}

	/** Declares the variables of a pattern; one that matches the whole value is that value. */
	void declarePattern(Pattern pattern, Variable matched) {
		if (pattern instanceof RecordPattern whole) {
			components(whole, matched);
			return;
		}
		Nodes.each(pattern, VariableDeclaration.class, declaration -> {
			String type = declaration instanceof SingleVariableDeclaration typed ? typed.getType().toString() : "";
			Variable variable = lowering.declare(declaration.getName(), type);
			if (pattern instanceof TypePattern) {
				lowering.expressions.copy(variable, matched, pattern);
			} else {
				lowering.flow.emit(new HeapOp.Derive(variable, matched, Lowering.span(pattern)));
			}
		});
	}

	/** What the parts of a pattern match is read from the components of the record. */
	private void components(RecordPattern pattern, Variable matched) {
		List<Declarations.FieldInfo> components = lowering.members
				.components(Declarations.written(pattern.getPatternType()));
		for (int index = 0; index < pattern.patterns().size(); index++) {
			Variable part = lowering.temporary();
			Span span = Lowering.span(pattern);
			if (components.size() != pattern.patterns().size()) {
				lowering.flow.emit(new HeapOp.Derive(part, matched, span));
			} else if (!components.get(index).plain()) {
				lowering.flow.emit(new HeapOp.Load(part, matched, components.get(index).field(), span));
			}
			declarePattern(pattern.patterns().get(index), part);
		}
	}

	private void choose(IfStatement choice) {
		Flow.Split split = lowering.conditions.branch(choice.getExpression());
		lowering.flow.resume(split.whenTrue());
		nested(choice.getThenStatement());
		List<Flow.Dangling> then = lowering.flow.take();
		lowering.flow.resume(split.whenFalse());
		if (choice.getElseStatement() != null) {
			nested(choice.getElseStatement());
		}
		lowering.flow.join(then);
	}

	private void labeled(LabeledStatement labeled, Set<String> labels) {
		var all = new HashSet<>(labels);
		all.add(labeled.getLabel().getIdentifier());
		Statement body = labeled.getBody();
		if (loops.isLoop(body) || body instanceof SwitchStatement || body instanceof Block
				|| body instanceof LabeledStatement) {
			lower(body, all);
		} else {
			target(all, false, false, () -> nested(body));
		}
	}

	private void leave(ReturnStatement exit) {
		if (exit.getExpression() != null) {
			Variable result = lowering.expressions.value(exit.getExpression());
			lowering.flow.emit(new HeapOp.Copy(lowering.result, result, Lowering.span(exit)));
		}
		unwind(null, exit, false);
		lowering.flow.emit(new HeapOp.Exit(ExitKind.RETURN, Lowering.span(exit)));
		lowering.flow.take();
	}

	private void fail(ThrowStatement exit) {
		Expression thrown = exit.getExpression();
		lowering.expressions.value(thrown);
		String name = thrown instanceof ClassInstanceCreation creation
				? creation.getType().toString()
				: thrown instanceof SimpleName local
						? lowering.scope.find(local.getIdentifier())
								.map(lowering::type).orElse("")
						: "";
		var type = ExceptionType.of(thrown.resolveTypeBinding(), name.substring(name.lastIndexOf('.') + 1));
		Span span = Lowering.span(exit);
		lowering.flow.emit(new HeapOp.Join(span));
		lowering.exceptions.raise(new Exceptions.Thrown(type, true, ExitKind.THROW, span), lowering.flow.take());
		lowering.flow.take();
	}

	private void jump(Statement exit, @Nullable SimpleName label, boolean again) {
		Optional<String> name = label == null ? Optional.empty() : Optional.of(label.getIdentifier());
		for (Frame frame = lowering.frame; frame != null; frame = frame.outer()) {
			if (frame instanceof Frame.Target target
					&& (name.isPresent()
							? target.labels().contains(name.get())
							: again ? target.loop() : target.plainBreak())) {
				unwind(target, exit, true);
				(again ? target.continues() : target.breaks()).addAll(lowering.flow.take());
				return;
			}
		}
		lowering.flow.take(); // not Java: there is nothing to jump to
	}

	private void yieldTo(YieldStatement exit) {
		for (Frame frame = lowering.frame; frame != null; frame = frame.outer()) {
			if (frame instanceof Frame.Target target && target.result() != null) {
				Variable result = target.result();
				Variable value = lowering.expressions.value(exit.getExpression());
				if (result != null) {
					lowering.expressions.copy(result, value, exit);
				}
				unwind(target, exit, true);
				target.breaks().addAll(lowering.flow.take());
				return;
			}
		}
		lowering.expressions.value(exit.getExpression());
	}

	/** Leaves all frames inside of {@code until}: runs their finally blocks and ends their variables. */
	private void unwind(@Nullable Frame until, Statement exit, boolean scopes) {
		Span span = Lowering.span(exit);
		for (Frame frame = lowering.frame; frame != until && frame != null; frame = frame.outer()) {
			switch (frame) {
				case Frame.Body body -> endScope(scopes ? body.variables() : List.of(), span);
				case Frame.Finally last -> runFinally(last);
				case Frame.Catches catches -> {
				}
				case Frame.Target target -> {
				}
			}
		}
	}

	/** Adds a copy of a finally block here. */
	void runFinally(Frame.Finally last) {
		Scope scope = lowering.scope;
		Frame frame = lowering.frame;
		lowering.scope = last.scope();
		lowering.frame = last.outer();
		if (lowering.flow.reachable()) {
			last.body().run();
		}
		lowering.scope = scope;
		lowering.frame = frame;
	}
}
