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
 * @param file   how findings name the file of the step
 * @param thrown whether the step is a call that throws
 */
record Trace(@Nullable Trace previous, String file, Span span, String text, boolean thrown) {
	/** More steps than this of a called function are not told. */
	private static final int MOST_INNER_STEPS = 6;
	/** A step of a path through a function. */
	static final Trace NONE = new Trace(null, "", new Span(0, 0), "", false);

	Trace then(String where, Span place, String what) {
		return what.isEmpty() ? this : new Trace(this, where, place, what, false);
	}

	Trace thenThrown(String where, Span place, String what) {
		return new Trace(this, where, place, what, true);
	}

	/** The same, with the steps of a function that is called here. */
	Trace thenAll(List<PathStep> steps) {
		Trace all = this;
		for (PathStep step : steps.subList(0, Math.min(steps.size(), MOST_INNER_STEPS))) {
			all = all.then(step.file(), step.span(), step.text());
		}
		return all;
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
				steps.addFirst(new PathStep(trace.file, trace.span, trace.text));
			}
		}
		return List.copyOf(steps);
	}
}
