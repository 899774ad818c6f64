// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.nio.ByteBuffer;

/**
 * A block of a heap, held by its owner. Threads may share it as they may share memory.
 *
 * <p>
 * Close it, or free it with {@link HiaiMemory}, on every path, but for one: a block with {@link MemoryAttr#AUTO_FREE} goes back by itself
 * once it was sent to the other side. {@link #close()} knows; calling it is right in either case.
 */
public abstract class HiaiBuffer implements AutoCloseable {
	/**
	 * The bytes, in the machine's memory; their content is not defined before they are written.
	 *
	 * @throws IllegalStateException if the block was freed, or sent with {@link MemoryAttr#AUTO_FREE}
	 */
	public abstract ByteBuffer bytes();

	/** The address in its heap, as the program's side sees it. */
	public abstract long address();

	/** Bytes that were asked for; 1 to 256 Mi. */
	public abstract int size();

	/** Gives the block back with the call that fits it; does nothing once it was given back or the framework has freed it. */
	@Override
	public abstract void close();
}
