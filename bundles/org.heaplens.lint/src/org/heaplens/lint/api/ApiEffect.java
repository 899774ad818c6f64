// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.Optional;

import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;

/** One thing that a function does to what takes part in a call of it. Immutable. */
public sealed interface ApiEffect {
	/**
	 * There is a new block.
	 *
	 * @param block    what is the block afterwards; an argument is an out-parameter
	 * @param flag     who frees it after it was sent, where no argument says it
	 * @param flagFrom the argument that says it
	 * @param size     how many bytes
	 * @param status   what tells whether there is a block: a status constant for success exactly where there is one
	 * @param nullable whether there may be none
	 */
	record Allocates(Family family, Slot block, Flag flag, Optional<Slot> flagFrom, Optional<Slot> size,
			Optional<Slot> status, boolean nullable) implements ApiEffect {}

	/** The block is given back; it must be one of that family. */
	record Frees(Family family, Slot block) implements ApiEffect {}

	/** The owner gives back what it holds; a second time does nothing. */
	record Closes(Slot owner) implements ApiEffect {}

	/** The message, and the blocks it holds, go to another engine; {@code status} tells whether they did. */
	record Sends(Slot message, Optional<Slot> status) implements ApiEffect {}

	/** Somebody else can reach the value from now on, and may free it. */
	record Keeps(Slot value) implements ApiEffect {}

	/** The value is looked at during the call, and no longer. */
	record Borrows(Slot value) implements ApiEffect {}

	/** The memory of the block is read or written; {@code what} fits behind "is". */
	record Uses(Slot value, boolean write, String what) implements ApiEffect {}

	/** The result is that very value. */
	record Returns(Slot value) implements ApiEffect {}

	/**
	 * The owner holds the block from now on, and closing the owner gives it back.
	 *
	 * @param deleter the argument that does so, in languages where owners are told how
	 */
	record Wraps(Slot owner, Slot block, Optional<Slot> deleter) implements ApiEffect {}

	/** The container has one more element. */
	record Puts(Slot container, Slot value) implements ApiEffect {}

	/** The result is an element of the container; {@code removes} takes it out. */
	record Takes(Slot container, boolean removes) implements ApiEffect {}

	/** The result gives all elements of the container, one after the other. */
	record Iterates(Slot container) implements ApiEffect {}

	/** The result, a truth value, is {@code truth} exactly where the container has no further element. */
	record TellsEmpty(Slot container, boolean truth) implements ApiEffect {}

	/** The result, a truth value, is {@code truth} exactly where the value is null. */
	record TellsNull(Slot value, boolean truth) implements ApiEffect {}

	/** The value is not null where the function returns; that it may throw is what it is there for. */
	record Requires(Slot value) implements ApiEffect {}
}
