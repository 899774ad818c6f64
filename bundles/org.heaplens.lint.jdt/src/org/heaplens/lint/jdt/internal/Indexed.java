// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ArrayAccess;
import org.eclipse.jdt.core.dom.Assignment;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ForStatement;
import org.eclipse.jdt.core.dom.InfixExpression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.PostfixExpression;
import org.eclipse.jdt.core.dom.PrefixExpression;
import org.eclipse.jdt.core.dom.SimpleName;

/**
 * Finds what a loop reads by its counter, as in {@code for (int i = 0; i < n; i++) free(blocks[i])}: whatever the bound is,
 * those who write this mean all that there is. Stateless.
 */
final class Indexed {
	private Indexed() {}

	/** The containers that the body reads an element of by the counter, each once, in the order of the text. */
	static List<Expression> containers(ForStatement loop) {
		Set<String> counters = counters(loop);
		var found = new ArrayList<Expression>();
		if (counters.isEmpty()) {
			return found;
		}
		Nodes.each(loop.getBody(), ASTNode.class, node -> {
			Expression container = read(node, counters);
			if (container != null && found.stream().noneMatch(known -> known.toString().equals(container.toString()))) {
				found.add(container);
			}
		});
		return found;
	}

	/** The variables that both the condition and the end of each turn are about. */
	private static Set<String> counters(ForStatement loop) {
		var stepped = new HashSet<String>();
		for (Object updater : loop.updaters()) {
			Expression operand = switch (updater) {
				case PostfixExpression step -> step.getOperand();
				case PrefixExpression step -> step.getOperand();
				case Assignment step -> step.getLeftHandSide();
				default -> null;
			};
			if (operand instanceof SimpleName name) {
				stepped.add(name.getIdentifier());
			}
		}
		var counters = new HashSet<String>();
		if (loop.getExpression() instanceof InfixExpression condition && condition.getLeftOperand() instanceof SimpleName name
				&& stepped.contains(name.getIdentifier())) {
			counters.add(name.getIdentifier());
		}
		return counters;
	}

	/** What an element is read of; null if none is. */
	private static @org.eclipse.jdt.annotation.Nullable Expression read(ASTNode node, Set<String> counters) {
		return switch (node) {
			case ArrayAccess access when access.getIndex() instanceof SimpleName index && counters.contains(index.getIdentifier())
					&& !(access.getParent() instanceof Assignment assignment && assignment.getLeftHandSide() == access) ->
				named(access.getArray());
			case MethodInvocation call when call.getName().getIdentifier().equals("get") && call.arguments().size() == 1
					&& call.arguments().get(0) instanceof SimpleName index && counters.contains(index.getIdentifier()) ->
				named(call.getExpression());
			default -> null;
		};
	}

	private static @org.eclipse.jdt.annotation.Nullable Expression named(@org.eclipse.jdt.annotation.Nullable Expression container) {
		return container instanceof Name || container instanceof org.eclipse.jdt.core.dom.FieldAccess ? container : null;
	}
}
