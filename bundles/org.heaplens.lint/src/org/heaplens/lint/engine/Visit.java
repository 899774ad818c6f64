// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/**
 * A state with the way that led to it. Immutable.
 *
 * @param route which edges it may take
 */
record Visit(State state, Trace trace, Route route) {
	/** How an operation was left. */
	enum Route {
		ANY, NORMAL, THROWN
	}

	Visit(State state, Trace trace) {
		this(state, trace, Route.ANY);
	}

	Visit with(State next) {
		return new Visit(next, trace, route);
	}

	Visit on(Route next) {
		return new Visit(state, trace, next);
	}
}
