// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.CaseDefaultExpression;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ExpressionStatement;
import org.eclipse.jdt.core.dom.GuardedPattern;
import org.eclipse.jdt.core.dom.Pattern;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.Statement;
import org.eclipse.jdt.core.dom.SwitchCase;
import org.eclipse.jdt.core.dom.SwitchExpression;
import org.eclipse.jdt.core.dom.SwitchStatement;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers switch statements and expressions, old and new. Confined to one thread. */
final class Switches {
	private final Lowering lowering;
	private final Statements statements;

	Switches(Lowering lowering, Statements statements) {
		this.lowering = lowering;
		this.statements = statements;
	}

	void statement(SwitchStatement choice, Set<String> labels) {
		lower(choice, choice.getExpression(), choice.statements(),
				Frame.Target.of(lowering.frame, labels, false, true, null));
	}

	Variable expression(SwitchExpression choice) {
		Variable result = lowering.temporary();
		lower(choice, choice.getExpression(), choice.statements(),
				Frame.Target.of(lowering.frame, Set.of(), false, false, result));
		return result;
	}

	private void lower(ASTNode whole, Expression selector, List<?> body, Frame.Target target) {
		Variable value = lowering.expressions.value(selector);
		Span end = new Span(whole.getStartPosition() + whole.getLength() - 1, 1);
		statements.inside(target, () -> statements.scoped(end, () -> cases(selector, value, body, target)));
		lowering.flow.join(target.breaks());
	}

	/** First the tests, one case after the other, then the bodies in their order. */
	private void cases(Expression selector, Variable value, List<?> body, Frame.Target target) {
		Map<SwitchCase, List<Flow.Dangling>> entries = new HashMap<>();
		SwitchCase fallback = null;
		for (Object each : body) {
			if (each instanceof SwitchCase label) {
				entries.put(label, test(selector, value, label));
				fallback = isDefault(label) ? label : fallback;
			}
		}
		List<Flow.Dangling> unmatched = lowering.flow.take();
		if (fallback != null) {
			entries.put(fallback, joined(entries.get(fallback), unmatched));
			unmatched = List.of();
		}
		boolean arrow = false;
		for (Object each : body) {
			if (each instanceof SwitchCase label) {
				arrow = label.isSwitchLabeledRule();
				lowering.flow.join(entries.getOrDefault(label, List.of()));
			} else if (arrow) {
				arrowBody((Statement) each, target);
			} else {
				statements.lower((Statement) each, Set.of());
			}
		}
		if (target.result() == null) {
			lowering.flow.join(unmatched); // a switch expression always matches
		}
	}

	private static List<Flow.Dangling> joined(@Nullable List<Flow.Dangling> some, List<Flow.Dangling> others) {
		var all = new ArrayList<>(others);
		if (some != null) {
			all.addAll(some);
		}
		return all;
	}

	private static boolean isDefault(SwitchCase label) {
		return label.isDefault() || ((List<?>) label.expressions()).stream().anyMatch(CaseDefaultExpression.class::isInstance);
	}

	/** The edges on which the case matches; on the others the next case is tested. */
	private List<Flow.Dangling> test(Expression selector, Variable value, SwitchCase label) {
		var matched = new ArrayList<Flow.Dangling>();
		for (Object each : label.expressions()) {
			var expression = (Expression) each;
			if (expression instanceof CaseDefaultExpression || !lowering.flow.reachable()) {
				continue;
			}
			Optional<Constant> constant = constant(expression);
			String text = Texts.of(selector);
			int node = lowering.flow.emit(new HeapOp.Test(Lowering.span(label)));
			if (expression instanceof Pattern whole && !(whole instanceof GuardedPattern)) {
				Instances.Asked asked = Instances.Asked.of(whole);
				Guard matches = lowering.instances.when(selector, value, asked, text + " matches " + Texts.of(expression));
				List<Flow.Dangling> others = lowering.instances.unless(selector, value, asked, node, "", expression);
				lowering.flow.resume(List.of(new Flow.Dangling(node, matches)));
				pattern(expression, value);
				matched.addAll(lowering.flow.take());
				lowering.flow.resume(others);
				continue;
			}
			Guard yes = constant.isPresent()
					? new Guard.Compare(value, constant.get(), true, Texts.branch(text, constant.get(), true))
					: new Guard.Opaque(text + " matches " + Texts.of(expression));
			Guard no = constant.isPresent()
					? new Guard.Compare(value, constant.get(), false, Texts.branch(text, constant.get(), false))
					: new Guard.Opaque("");
			lowering.flow.resume(List.of(new Flow.Dangling(node, yes)));
			List<Flow.Dangling> missed = new ArrayList<>(List.of(new Flow.Dangling(node, no)));
			missed.addAll(pattern(expression, value));
			matched.addAll(lowering.flow.take());
			lowering.flow.resume(missed);
		}
		return matched;
	}

	/** Declares what a pattern declares and tests its guard; the edges on which the guard does not hold. */
	private List<Flow.Dangling> pattern(Expression expression, Variable value) {
		if (expression instanceof GuardedPattern guarded) {
			statements.declarePattern(guarded.getPattern(), value);
			Flow.Split split = lowering.conditions.branch(guarded.getExpression());
			lowering.flow.resume(split.whenTrue());
			return split.whenFalse();
		}
		if (expression instanceof Pattern pattern) {
			statements.declarePattern(pattern, value);
		}
		return List.of();
	}

	/** Names of enumeration constants stand without their type, whatever their case. */
	private Optional<Constant> constant(Expression expression) {
		return expression instanceof SimpleName name
				? Optional.of(new Constant.Symbol(name.getIdentifier()))
				: lowering.expressions.constant(expression);
	}

	private void arrowBody(Statement statement, Frame.Target target) {
		Variable result = target.result();
		if (result != null && statement instanceof ExpressionStatement expression) {
			Variable value = lowering.expressions.value(expression.getExpression());
			lowering.expressions.copy(result, value, statement);
		} else {
			statements.nested(statement);
		}
		target.breaks().addAll(lowering.flow.take());
	}
}
