// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

import java.util.List;
import java.util.Optional;

/**
 * What one step of a function does to blocks and to the variables that hold them. Immutable. Whatever the language,
 * front ends lower to these.
 */
public sealed interface HeapOp {
	/** Where in the source the step stands. */
	Span span();

	/** Does nothing; joins edges. */
	record Join(Span span) implements HeapOp {}

	/**
	 * A new block.
	 *
	 * @param flagFrom the variable that holds the flag, where it is not written as a constant
	 * @param size     the variable that holds the size in bytes
	 * @param status   is told whether there is a block: {@link Constant#STATUS_OK} exactly where there is one
	 * @param nullable whether there may be none
	 */
	record Allocate(Variable result, Family family, Flag flag, Optional<Variable> flagFrom, Optional<Variable> size,
			Optional<Variable> status, boolean nullable, Span span) implements HeapOp {}

	/**
	 * What {@code result} holds may be a block from outside of the function.
	 *
	 * @param owned whether the function must free it; else it may, but need not
	 */
	record Receive(Variable result, boolean owned, Span span) implements HeapOp {}

	/** A new object, array or container that nobody else has; never null. */
	record New(Variable result, Span span) implements HeapOp {}

	/** Reads a field. */
	record Load(Variable result, Variable object, Field field, Span span) implements HeapOp {}

	/** Writes a field. */
	record Store(Variable object, Field field, Variable value, Span span) implements HeapOp {}

	/** The container has one more element. */
	record Put(Variable container, Variable value, Span span) implements HeapOp {}

	/**
	 * {@code result} is some element of the container.
	 *
	 * @param removes whether it is taken out
	 * @param each    whether this is done until there is no other element, as {@link Guard.Exhausted} tells; else nobody
	 *                knows which element it is
	 */
	record Take(Variable result, Variable container, boolean removes, boolean each, Span span) implements HeapOp {}

	/** All elements of the container are to come again. */
	record Rewind(Variable container, Span span) implements HeapOp {}

	/**
	 * A call of functions whose effect is known. It may throw.
	 *
	 * @param targets   the functions that may be meant, at least one
	 * @param arguments as the parameters of the function, the object it is called on first
	 * @param text      how a step of a path names the function
	 */
	record Call(Variable result, List<String> targets, List<Variable> arguments, String text, Span span)
			implements
				HeapOp {
		public Call {
			targets = List.copyOf(targets);
			arguments = List.copyOf(arguments);
		}
	}

	/** The memory of a block is read or written; {@code what} names the access as a step of a path does. */
	record Use(Variable value, boolean write, String what, Span span) implements HeapOp {}

	/** Gives the block back; it must be one of that family and not yet freed. */
	record Free(Variable block, Family family, Span span) implements HeapOp {}

	/** The owner gives its block back, once: does nothing after a successful send of an AUTO block. */
	record Close(Variable owner, Span span) implements HeapOp {}

	/** Sends an object, which may be a block or hold blocks, to another engine. */
	record Send(Variable message, Variable status, Span span) implements HeapOp {}

	/** A new object in {@code holder} keeps {@code part} and does nothing else with it. */
	record Hold(Variable holder, Variable part, Span span) implements HeapOp {}

	/** {@code result} may be, or may hold, what {@code from} is or holds. */
	record Derive(Variable result, Variable from, Span span) implements HeapOp {}

	/** Both variables hold the same value afterwards. */
	record Copy(Variable target, Variable source, Span span) implements HeapOp {}

	/** The variable holds the constant afterwards, or something unknown that is not one of the blocks in question. */
	record Assign(Variable target, Optional<Constant> value, Span span) implements HeapOp {}

	/** The value becomes reachable from outside: stored, returned, captured; {@code how} is a step of a path. */
	record Escape(Variable value, String how, Span span) implements HeapOp {}

	/** A function that is not known gets the value as an argument: it borrows blocks and may keep their holders. */
	record Lend(Variable value, Span span) implements HeapOp {}

	/** The value is looked at in a way that is not followed: whoever did so may know what it says. */
	record Inspect(Variable value, Span span) implements HeapOp {}

	/** A call that may throw; what it does to its arguments stands in operations of their own. */
	record Invoke(Span span) implements HeapOp {}

	/** A condition is tested; the edges that leave carry the outcomes. */
	record Test(Span span) implements HeapOp {}

	/** The variables cease to exist. */
	record EndScope(List<Variable> variables, Span span) implements HeapOp {}

	/** Control leaves the function. No edge leaves this. */
	record Exit(ExitKind kind, Span span) implements HeapOp {}
}
