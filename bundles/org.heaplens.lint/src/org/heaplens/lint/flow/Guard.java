// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/** Under which circumstances control takes an edge. Immutable. */
public sealed interface Guard {
	/** Control takes the edge in any case. */
	record Always() implements Guard {}

	/** A condition the analysis cannot follow; {@code text} says when it holds, as a step of a path. */
	record Opaque(String text) implements Guard {}

	/** The variable equals the constant, or does not; {@code text} as in {@link Opaque}, empty for no step. */
	record Compare(Variable variable, Constant constant, boolean equal, String text) implements Guard {}

	/** The call before the edge throws instead of returning; {@code text} as in {@link Opaque}. */
	record Throws(String text) implements Guard {}

	/** The container has no element that was not taken since it was last rewound; {@code text} as in {@link Opaque}. */
	record Exhausted(Variable container, String text) implements Guard {}

	Guard ALWAYS = new Always();
}
