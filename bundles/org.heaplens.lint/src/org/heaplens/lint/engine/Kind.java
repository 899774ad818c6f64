// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** Where a value comes from that is neither the block nor a constant. Immutable. */
sealed interface Kind {
	/** An object that this function made and nobody else knows. */
	record Inside() implements Kind {}

	/** It may be the block, or may hold it. */
	record Derived() implements Kind {}

	/** An element of a container that may be the block, or may hold it; there is one in any case. */
	record Picked() implements Kind {}

	/** What the caller had at that place when the function began. */
	record Rooted(Place place) implements Kind {}

	Kind INSIDE = new Inside();
	Kind DERIVED = new Derived();
	Kind PICKED = new Picked();
}
