// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers calls of {@code Optional}: an object with one field. Confined to one thread. */
final class Optionals {
	/** Others may hand on what an {@code Optional} holds, so it is not ours alone to look after. */
	private static final Field VALUE = new Field("java.util.Optional", "value", false);
	private static final Set<String> FACTORIES = Set.of("of", "ofNullable", "empty");
	private static final Set<String> QUESTIONS = Set.of("isPresent", "isEmpty", "hashCode", "toString", "equals");

	private final Lowering lowering;

	Optionals(Lowering lowering) {
		this.lowering = lowering;
	}

	boolean concerns(MethodInvocation call) {
		return makes(call) || call.getExpression() != null && (lowering.members.isOptional(call.getExpression())
				|| call.getExpression() instanceof MethodInvocation inner && makes(inner));
	}

	private boolean makes(MethodInvocation call) {
		return call.getExpression() instanceof Name owner && Api.last(owner).equals("Optional")
				&& FACTORIES.contains(call.getName().getIdentifier()) && lowering.scope.find("Optional").isEmpty();
	}

	/** What is inside, or null. */
	Variable value(MethodInvocation call) {
		Variable whole = lowering.expressions.value(receiver(call));
		return load(whole, Lowering.span(call));
	}

	private static Expression receiver(MethodInvocation call) {
		return Optional.ofNullable(call.getExpression()).orElseThrow();
	}

	private Variable load(Variable whole, Span span) {
		Variable inside = lowering.temporary();
		lowering.flow.emit(new HeapOp.Load(inside, whole, VALUE, span));
		return inside;
	}

	Variable call(MethodInvocation call) {
		Span span = Lowering.span(call);
		String name = call.getName().getIdentifier();
		if (makes(call)) {
			return make(call, span);
		}
		Variable whole = lowering.expressions.value(receiver(call));
		if (name.equals("orElse") && call.arguments().size() == 1) {
			return orElse(load(whole, span), (Expression) call.arguments().get(0), span);
		}
		if (name.equals("get") || name.equals("orElseThrow")) {
			var values = arguments(call);
			values.forEach(value -> lowering.flow.emit(new HeapOp.Lend(value, span)));
			return load(whole, span);
		}
		if (name.equals("ifPresent") && Lambdas.canRun(call.arguments().get(0), 1)) {
			String type = lowering.members.elementType(receiver(call));
			lowering.lambdas.ifThere((Expression) call.arguments().get(0), load(whole, span), type, span);
			return lowering.temporary();
		}
		var values = arguments(call);
		Variable result = lowering.temporary();
		if (!QUESTIONS.contains(name)) { // what is done with it stands in a function that is called there
			lowering.flow.emit(new HeapOp.Derive(result, whole, span));
			values.forEach(value -> lowering.flow.emit(new HeapOp.Escape(value, "handed over to " + name + " here", span)));
			lowering.flow.emit(new HeapOp.Escape(whole, "handed over to " + name + " here", span));
		}
		return result;
	}

	private List<Variable> arguments(MethodInvocation call) {
		var values = new ArrayList<Variable>();
		((List<?>) call.arguments()).forEach(each -> values.add(lowering.expressions.value((Expression) each)));
		return values;
	}

	private Variable make(MethodInvocation call, Span span) {
		List<Variable> values = arguments(call);
		Variable inside = values.isEmpty() ? lowering.temporary() : values.get(0);
		if (values.isEmpty()) {
			lowering.flow.emit(new HeapOp.Assign(inside, Optional.of(Constant.NULL), span));
		}
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.New(result, span));
		lowering.flow.emit(new HeapOp.Store(result, VALUE, inside, span));
		return result;
	}

	private Variable orElse(Variable inside, Expression other, Span span) {
		Variable otherwise = lowering.expressions.value(other);
		Variable result = lowering.temporary();
		int node = lowering.flow.emit(new HeapOp.Test(span));
		lowering.flow.take();
		if (node < 0) {
			return result;
		}
		lowering.flow.resume(List.of(new Flow.Dangling(node, new Guard.Compare(inside, Constant.NULL, false, ""))));
		lowering.flow.emit(new HeapOp.Copy(result, inside, span));
		List<Flow.Dangling> there = lowering.flow.take();
		lowering.flow.resume(List.of(new Flow.Dangling(node, new Guard.Compare(inside, Constant.NULL, true, ""))));
		lowering.flow.emit(new HeapOp.Copy(result, otherwise, span));
		lowering.flow.join(there);
		return result;
	}
}
