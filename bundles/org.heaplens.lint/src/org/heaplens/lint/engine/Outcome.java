// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.List;

/**
 * What became of the blocks of a function. Immutable.
 *
 * @param moments   block by block, in the order of the operations
 * @param makes     whether callers get blocks from it that it makes
 * @param exhausted whether some block had more paths than could be kept apart; nothing doubtful is among the moments
 */
public record Outcome(List<Moment> moments, boolean makes, boolean exhausted) {
	public Outcome {
		moments = List.copyOf(moments);
	}
}
