// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.Variable;

/** What surrounds a statement and has a say when control leaves it. Confined to one thread. */
sealed interface Frame {
	/** The next one outside; null for the outermost. */
	@Nullable
	Frame outer();

	/** A block of statements, with the variables declared in it so far. */
	record Body(@Nullable Frame outer, List<Variable> variables) implements Frame {}

	/** A statement that control may leave by break, continue or yield. */
	record Target(@Nullable Frame outer, Set<String> labels, boolean loop, boolean plainBreak,
			@Nullable Variable result, List<Flow.Dangling> breaks, List<Flow.Dangling> continues) implements Frame {
		static Target of(@Nullable Frame outer, Set<String> labels, boolean loop, boolean plainBreak,
				@Nullable Variable result) {
			return new Target(outer, labels, loop, plainBreak, result, new ArrayList<>(), new ArrayList<>());
		}
	}

	/** What is done whenever control leaves, and where it already stands for exceptions of some type. */
	record Finally(@Nullable Frame outer, Scope scope, Runnable body, Map<String, Integer> copies) implements Frame {
		static Finally of(@Nullable Frame outer, Scope scope, Runnable body) {
			return new Finally(outer, scope, body, new HashMap<>());
		}
	}

	/**
	 * The catch clauses of a try statement.
	 *
	 * @param unlikely lead to clauses that nothing else leads to
	 */
	record Catches(@Nullable Frame outer, List<Handler> handlers, List<Flow.Dangling> unlikely) implements Frame {}

	/** A catch clause with the edges that lead to it. */
	record Handler(List<ExceptionType> types, List<Flow.Dangling> entries) {}
}
