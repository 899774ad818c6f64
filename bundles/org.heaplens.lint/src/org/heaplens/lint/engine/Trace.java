// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayDeque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.Span;

/**
 * The steps that led to a state, the last one first. Immutable, shares its beginning with other traces.
 *
 * @param thrown whether the step is a call that throws
 */
record Trace(@Nullable Trace previous, Span span, String text, boolean thrown) {
	/** A step of a path through a function. */
	static final Trace NONE = new Trace(null, new Span(0, 0), "", false);

	Trace then(Span where, String what) {
		return what.isEmpty() ? this : new Trace(this, where, what, false);
	}

	Trace thenThrown(Span where, String what) {
		return new Trace(this, where, what, true);
	}

	/** Where the last call that threw stands. */
	Span lastThrown(Span otherwise) {
		for (Trace trace = this; trace != null; trace = trace.previous) {
			if (trace.thrown) {
				return trace.span;
			}
		}
		return otherwise;
	}

	List<PathStep> steps() {
		var steps = new ArrayDeque<PathStep>();
		for (Trace trace = this; trace != null; trace = trace.previous) {
			if (!trace.text.isEmpty()) {
				steps.addFirst(new PathStep(trace.span, trace.text));
			}
		}
		return List.copyOf(steps);
	}
}
