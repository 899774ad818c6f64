// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.List;

import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Something a rule may want to report: what happens to a block at one point of one path. Immutable. */
public sealed interface Moment {
	/** The block that is concerned. */
	Block block();

	/** From the allocation to this moment. */
	List<PathStep> path();

	/** Where it happens. */
	Span span();

	/**
	 * A path ends, and nobody will reach the block from here.
	 *
	 * @param phase   of the block at that point
	 * @param aliases the named variables that are the block there, or were just before
	 */
	record End(Block block, Phase phase, EndReason reason, Span span, List<PathStep> path, List<Variable> aliases)
			implements
				Moment {}

	/**
	 * A block is freed that is not there any more.
	 *
	 * @param sent whether the framework had freed it after a successful send
	 */
	record SecondFree(Block block, boolean sent, Span span, List<PathStep> path) implements Moment {}
}
