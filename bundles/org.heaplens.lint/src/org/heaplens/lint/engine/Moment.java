// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.List;
import java.util.Optional;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Field;
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
	 * @param again   whether the allocation may come again behind the end: in a loop
	 * @param field   where the block is, if the reason is {@link EndReason#FIELD}
	 * @param aliases the named variables that are the block there, or were just before
	 */
	record End(Block block, Phase phase, EndReason reason, boolean again, Optional<Field> field, Span span, List<PathStep> path,
			List<Variable> aliases) implements Moment {}

	/**
	 * A block is freed that is not there any more.
	 *
	 * @param sent whether the framework had freed it after a successful send
	 */
	record SecondFree(Block block, boolean sent, Span span, List<PathStep> path) implements Moment {}

	/** A block is given back in another way than it was made. */
	record WrongFree(Block block, Family family, Span span, List<PathStep> path) implements Moment {}

	/**
	 * A block is read or written that is not there any more.
	 *
	 * @param sent  whether the framework had freed it after a successful send
	 * @param write whether it is written
	 * @param what  names the access
	 */
	record LateUse(Block block, boolean sent, boolean write, String what, Span span, List<PathStep> path)
			implements
				Moment {}

	/** A block is sent that has arrived already. */
	record SecondSend(Block block, Span span, List<PathStep> path) implements Moment {}

	/** A block is used although there may be none: the allocation was not looked at. */
	record UncheckedUse(Block block, String what, Span span, List<PathStep> path) implements Moment {}

	/**
	 * A block is asked for.
	 *
	 * @param size in bytes, if it is known
	 * @param flag if it is a constant
	 */
	record Request(Block block, Optional<Constant> size, Optional<Constant> flag, Span span, List<PathStep> path)
			implements
				Moment {}
}
