// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers calls of the platform's collections, of iterators and of {@code Optional}. Confined to one thread. */
final class Containers {
	private static final Set<String> PUTS = Set.of("add", "addFirst", "addLast", "offer", "offerFirst", "offerLast", "push",
			"put", "putIfAbsent", "putFirst", "putLast", "set", "addElement");
	private static final Set<String> GETS = Set.of("get", "getFirst", "getLast", "peek", "peekFirst", "peekLast", "element",
			"first", "last", "next", "previous", "elementAt", "getOrDefault", "orElse", "orElseThrow", "firstElement",
			"lastElement");
	private static final Set<String> REMOVES = Set.of("remove", "removeFirst", "removeLast", "poll", "pollFirst", "pollLast",
			"pop", "take", "takeFirst", "takeLast");
	private static final Set<String> VIEWS = Set.of("iterator", "listIterator", "values", "entrySet", "descendingIterator", "reversed",
			"elements");
	private static final Set<String> QUESTIONS = Set.of("isEmpty", "isPresent", "size", "hasNext", "hasPrevious", "contains",
			"containsKey", "containsValue", "indexOf", "hashCode", "toString", "equals", "ensureCapacity", "nextIndex",
			"remainingCapacity");

	private final Lowering lowering;

	Containers(Lowering lowering) {
		this.lowering = lowering;
	}

	Variable call(MethodInvocation call, Expression receiver) {
		Variable container = lowering.expressions.value(receiver);
		if (call.getName().getIdentifier().startsWith("forEach") && call.arguments().size() == 1) {
			var function = (Expression) call.arguments().get(0);
			int parameters = lowering.members.isMap(receiver) ? 2 : 1;
			if (Lambdas.canRun(function, parameters)) {
				lowering.lambdas.forEach(call, function, container, lowering.members.elementType(receiver), parameters);
				return lowering.temporary();
			}
		}
		var values = new ArrayList<Variable>();
		((List<?>) call.arguments()).forEach(each -> values.add(lowering.expressions.value((Expression) each)));
		String name = call.getName().getIdentifier();
		Span span = Lowering.span(call);
		Variable result = lowering.temporary();
		if (PUTS.contains(name) && !values.isEmpty()) {
			lowering.flow.emit(new HeapOp.Put(container, values.get(values.size() - 1), span));
		} else if (REMOVES.contains(name)) {
			remove(call, container, values, result, span);
		} else if (GETS.contains(name)) {
			lowering.flow.emit(new HeapOp.Take(result, container, false, lowering.calls.inLoopOver(receiver, call), span));
		} else if (VIEWS.contains(name)) {
			lowering.flow.emit(new HeapOp.Rewind(container, span));
			lowering.flow.emit(new HeapOp.Copy(result, container, span));
		} else if (!QUESTIONS.contains(name)) {
			other(container, values, result, name, span);
		}
		return result;
	}

	/** Without an argument, or with the number or the key of an element; taking out a given object gives nothing back. */
	private void remove(MethodInvocation call, Variable container, List<Variable> values, Variable result, Span span) {
		boolean iterator = Declarations.simple(lowering.members.type(call.getExpression())).endsWith("Iterator");
		if (iterator) {
			return; // what it gave last is known already
		}
		boolean object = !values.isEmpty() && lowering.models.isBlockType(lowering.members.type((Expression) call.arguments().get(0)));
		if (object) {
			other(container, List.of(), result, "remove", span);
		} else {
			lowering.flow.emit(new HeapOp.Take(result, container, true,
					lowering.calls.inLoopOver(call.getExpression(), call), span));
		}
	}

	/** Nobody knows which elements it is about. */
	private void other(Variable container, List<Variable> values, Variable result, String name, Span span) {
		lowering.flow.emit(new HeapOp.Derive(result, container, span));
		lowering.flow.emit(new HeapOp.Escape(container, "handed over to " + name + " here", span));
		values.forEach(value -> lowering.flow.emit(new HeapOp.Escape(value, "handed over to " + name + " here", span)));
	}
}
