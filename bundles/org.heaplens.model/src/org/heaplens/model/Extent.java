// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * A run of bytes inside one heap.
 *
 * @param offset bytes from the start of the heap; never negative
 * @param size   bytes; at least 1
 */
public record Extent(long offset, long size) {
	public Extent {
		if (offset < 0 || size < 1) {
			throw new IllegalArgumentException("no such extent: offset=" + offset + ", size=" + size);
		}
	}

	/** The first byte behind this extent, from the start of the heap. */
	public long end() {
		return offset + size;
	}

	/** Whether the byte at {@code position} from the start of the heap lies in this extent. */
	public boolean contains(long position) {
		return position >= offset && position < end();
	}
}
