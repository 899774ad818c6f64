// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;

/**
 * One way in which a function can end, and what it has done to a block until then. Immutable.
 *
 * @param phase    of the block; {@link Phase#GIVEN} where it is what it was
 * @param assumed  this way is only taken by blocks with that flag; unknown for any
 * @param thrown   whether the function is left by an exception
 * @param assumes  what must be so of arguments, by the number of the parameter
 * @param places   where the block is then, besides in the variables of the caller
 * @param returned what the caller gets
 * @param touched  whether the block has to be there for this way to be taken to its end without a defect
 * @param freedAs  the family that a block must be of if this is to be no defect
 * @param steps    what a user must know of the way
 */
record Effect(Phase phase, Flag assumed, boolean thrown, Map<Integer, Fact> assumes, List<Place> places,
		Returned returned, boolean touched, Optional<Family> freedAs, List<PathStep> steps) {
	/**
	 * What a function returns, unless it is the block or leads to it.
	 *
	 * @param parameter number of the parameter that is returned; -1 for none
	 * @param fact      what is known of the value
	 * @param derived   whether it may be the block, or may hold it
	 */
	record Returned(int parameter, Optional<Fact> fact, boolean derived) {
		static final Returned ANYTHING = new Returned(-1, Optional.empty(), false);
	}

	Effect {
		assumes = Map.copyOf(assumes);
		places = List.copyOf(places);
		steps = List.copyOf(steps);
	}

	/** Whether the function leaves the block alone. */
	boolean none(Place from) {
		return phase == Phase.GIVEN && (places.isEmpty() && from.path().isEmpty() || places.equals(List.of(from)))
				&& !returned.derived;
	}

	/** Without what tells ways apart that come to the same. */
	Effect key() {
		return new Effect(phase, assumed, thrown, assumes, places, returned, touched, freedAs, List.of());
	}

	/** What the function does, in a word or two; callers that differ in nothing else are all the same. */
	Object sort() {
		return List.of(phase, places, returned.derived);
	}
}
