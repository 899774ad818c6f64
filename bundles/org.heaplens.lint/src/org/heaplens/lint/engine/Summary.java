// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.Flag;

/**
 * What a function does, as far as its callers are concerned. Immutable.
 *
 * @param effects  on a block that is at that place when the function is called; on no other place has it an effect
 * @param touches what it does first with a block that is at that place when it is called
 * @param ends     the ways in which it can end where no block is concerned
 * @param made     the blocks it makes and leaves to its caller
 * @param written  the fields of parameters it writes
 * @param loose    fields it reads of objects that are not its parameters
 */
record Summary(Map<Place, List<Effect>> effects, Map<Place, List<Touch>> touches, List<Effect> ends, List<Made> made, Set<Place> written,
		Set<Field> loose) {
	/** A block a function makes; each effect says where it is left, be it to be freed or freed already. */
	record Made(Family family, Flag flag, List<Effect> effects) {
		Made {
			effects = List.copyOf(effects);
		}
	}

	Summary {
		effects = Map.copyOf(effects);
		touches = Map.copyOf(touches);
		ends = List.copyOf(ends);
		made = List.copyOf(made);
		written = Set.copyOf(written);
		loose = Set.copyOf(loose);
	}
}
