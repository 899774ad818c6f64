// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.Optional;

import org.heaplens.lint.flow.Family;

/**
 * What a state remembers of its past, besides what is so now. Immutable.
 *
 * @param shared  whether the block was put where others may have found it
 * @param blurred whether paths were merged that differ in their facts, so that what follows is not certain
 * @param touched whether the function has done something with a block of its caller that needs the block to be there
 * @param freedAs the family that the function has taken a block of its caller for when it freed it
 */
record Marks(boolean shared, boolean blurred, boolean touched, Optional<Family> freedAs) {
	static final Marks NONE = new Marks(false, false, false, Optional.empty());

	Marks share() {
		return new Marks(true, blurred, touched, freedAs);
	}

	Marks blur() {
		return new Marks(shared, true, touched, freedAs);
	}

	Marks touch() {
		return new Marks(shared, blurred, true, freedAs);
	}

	Marks freedAs(Family family) {
		return new Marks(shared, blurred, touched, Optional.of(family));
	}
}
