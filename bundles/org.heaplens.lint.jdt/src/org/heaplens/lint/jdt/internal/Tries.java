// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Block;
import org.eclipse.jdt.core.dom.CatchClause;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.TryStatement;
import org.eclipse.jdt.core.dom.Type;
import org.eclipse.jdt.core.dom.UnionType;
import org.eclipse.jdt.core.dom.VariableDeclarationExpression;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers try statements. Confined to one thread. */
final class Tries {
	private final Lowering lowering;
	private final Statements statements;

	Tries(Lowering lowering, Statements statements) {
		this.lowering = lowering;
		this.statements = statements;
	}

	void lower(TryStatement attempt) {
		Block last = attempt.getFinally();
		if (last == null) {
			guarded(attempt);
			return;
		}
		Frame.Finally frame = Frame.Finally.of(lowering.frame, lowering.scope,
				() -> statements.lower(last, Set.of()));
		statements.inside(frame, () -> guarded(attempt));
		statements.runFinally(frame);
	}

	private void guarded(TryStatement attempt) {
		var handlers = new ArrayList<Frame.Handler>();
		for (Object clause : attempt.catchClauses()) {
			handlers.add(new Frame.Handler(types(((CatchClause) clause).getException().getType()),
					new ArrayList<>()));
		}
		Span end = new Span(attempt.getBody().getStartPosition() + attempt.getBody().getLength() - 1, 1);
		var unlikely = new ArrayList<Flow.Dangling>();
		statements.inside(new Frame.Catches(lowering.frame, handlers, unlikely),
				() -> statements.scoped(end, () -> resources(attempt, 0)));
		List<Flow.Dangling> done = lowering.flow.take();
		for (int index = 0; index < handlers.size(); index++) {
			var clause = (CatchClause) attempt.catchClauses().get(index);
			List<Flow.Dangling> entries = handlers.get(index).entries();
			lowering.flow.resume(entries.isEmpty() ? unlikely : entries);
			handle(clause);
			done.addAll(lowering.flow.take());
		}
		lowering.flow.resume(done);
	}

	private static List<ExceptionType> types(Type type) {
		if (type instanceof UnionType union) {
			var types = new ArrayList<ExceptionType>();
			for (Object each : union.types()) {
				types.add(ExceptionType.of((Type) each));
			}
			return types;
		}
		return List.of(ExceptionType.of(type));
	}

	private void handle(CatchClause clause) {
		if (!lowering.flow.reachable()) {
			return;
		}
		Span end = new Span(clause.getStartPosition() + clause.getLength() - 1, 1);
		statements.scoped(end, () -> {
			Variable variable = lowering.declare(clause.getException().getName(),
					clause.getException().getType().toString());
			lowering.forget(variable, Lowering.span(clause.getException()));
			statements.lower(clause.getBody(), Set.of());
		});
	}

	/** Opens the resources from {@code index} on, each closed behind those that were opened later. */
	private void resources(TryStatement attempt, int index) {
		if (index == attempt.resources().size()) {
			statements.lower(attempt.getBody(), Set.of());
			return;
		}
		Object resource = attempt.resources().get(index);
		if (resource instanceof VariableDeclarationExpression declaration) {
			open(declaration, 0, () -> resources(attempt, index + 1));
		} else {
			var expression = (Expression) resource;
			closing(lowering.expressions.value(expression), expression, expression.resolveTypeBinding(),
					lowering.members.type(expression),
					() -> resources(attempt, index + 1));
		}
	}

	private void open(VariableDeclarationExpression declaration, int index, Runnable inner) {
		if (index == declaration.fragments().size()) {
			inner.run();
			return;
		}
		var fragment = (VariableDeclarationFragment) declaration.fragments().get(index);
		statements.declare(List.of(fragment), declaration.getType().toString());
		Variable variable = lowering.scope.find(fragment.getName().getIdentifier()).orElseThrow();
		String written = Declarations.written(declaration.getType());
		closing(variable, fragment, declaration.getType().resolveBinding(),
				written.equals("var") ? lowering.inferred(variable) : written,
				() -> open(declaration, index + 1, inner));
	}

	private void closing(Variable owner, ASTNode resource,
			@org.eclipse.jdt.annotation.Nullable ITypeBinding type, String written, Runnable inner) {
		List<String> targets = lowering.members.declarations().methods(written, "close", 0).stream()
				.map(Declarations.Method::key).toList();
		Frame.Finally frame = Frame.Finally.of(lowering.frame, lowering.scope, () -> {
			if (!targets.isEmpty()) {
				lowering.calls.known(resource, "close", close(type, written), targets, List.of(owner));
				return;
			}
			lowering.flow.emit(new HeapOp.Close(owner, Lowering.span(resource)));
			IMethodBinding close = close(type, written);
			if (close != null) {
				lowering.exceptions.call(resource, "close", close);
			}
		});
		statements.inside(frame, inner);
		statements.runFinally(frame);
	}

	/** Null if it is not known, or throws nothing. */
	private @org.eclipse.jdt.annotation.Nullable IMethodBinding close(
			@org.eclipse.jdt.annotation.Nullable ITypeBinding type, String written) {
		if (lowering.models.of(type, written, "close", lowering.members).filter(model -> !model.throwing()).isPresent()) {
			return null;
		}
		for (ITypeBinding each = type; each != null && !each.isRecovered(); each = each.getSuperclass()) {
			for (IMethodBinding method : each.getDeclaredMethods()) {
				if (method.getName().equals("close") && method.getParameterTypes().length == 0) {
					return method;
				}
			}
		}
		return null;
	}
}
