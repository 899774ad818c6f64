// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/**
 * Which functions make a block, and which give it back. Immutable.
 *
 * @param name as API models name it
 */
public record Family(String name) {
	/** {@code DMalloc} and {@code DFree}. */
	public static final Family D = new Family("D");
	/** {@code DVPP_DMalloc} and {@code DVPP_DFree}. */
	public static final Family DVPP = new Family("DVPP");

	/** Whether its blocks are memory of one of the API's heaps, and not something else that has to be given back. */
	public boolean ofHeap() {
		return equals(D) || equals(DVPP);
	}
}
