// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.util.List;

import org.heaplens.model.Extent;

/** FNV-1a, 64 bit, over the live blocks of a heap; written from its description alone, so that it can catch other code's mistakes. */
final class Digest {
	private static final long BASIS = 0xcbf29ce484222325L;
	private static final long PRIME = 0x100000001b3L;

	private Digest() {}

	/** @param extents in the order of addresses */
	static String of(List<Extent> extents) {
		long hash = BASIS;
		for (Extent extent : extents) {
			hash = over(hash, extent.offset());
			hash = over(hash, extent.size());
		}
		return "0x" + String.format("%016x", hash);
	}

	private static long over(long before, long number) {
		long hash = before;
		for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
			hash = (hash ^ number >>> shift & 0xFF) * PRIME;
		}
		return hash;
	}
}
