// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.List;

/**
 * What became of the blocks of a function. Immutable.
 *
 * @param moments   block by block, in the order of the operations
 * @param handsOn   whether callers have to know of the function: it makes blocks for them, or does something to theirs
 * @param exhausted whether some block had more paths than could be kept apart; nothing doubtful is among the moments
 */
public record Outcome(List<Moment> moments, boolean handsOn, boolean exhausted) {
	public Outcome {
		moments = List.copyOf(moments);
	}
}
