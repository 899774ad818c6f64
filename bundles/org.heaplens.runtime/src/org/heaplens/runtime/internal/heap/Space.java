// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

/**
 * Hands out extents of one space of offsets. Not thread-safe: its heap's lock guards it.
 *
 * <p>
 * Nothing is stored in the space itself, and every decision follows from the requests alone, not from addresses, hashes or clocks: the
 * same requests give the same offsets, in every run.
 */
public interface Space {
	/** Everything is a multiple of this many bytes. */
	int QUANTUM = 64;

	/** Bytes in the whole space. */
	long capacity();

	/** Bytes handed out, with what was added to requests. */
	long used();

	/**
	 * Takes an extent.
	 *
	 * @param bytes at least 1; rounded up to whole quanta
	 * @return its handle, or -1 if no extent is large enough
	 */
	int allocate(long bytes);

	/**
	 * Gives an extent back and joins it with what is free beside it.
	 *
	 * @throws IllegalStateException if the handle is not one of an extent that is handed out
	 */
	void free(int handle);

	/** Bytes from the start of the space. */
	long offset(int handle);

	/** Bytes; at least what was asked for. */
	long size(int handle);

	/** Bytes of the largest extent that is free. */
	long largestFree();

	/** Throws with the numbers if the bookkeeping contradicts itself; for tests. */
	void checkInvariants();
}
