// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

/** The same calls in C, in one call from Java. One thread at first. */
final class NativeLoop {
	private NativeLoop() {}

	/** Loads a HiAI library; false if it is none. */
	static native boolean open(String file);

	/** Makes and frees a block so many times; the sum of the statuses. */
	static native long pairs(int count, int size);
}
