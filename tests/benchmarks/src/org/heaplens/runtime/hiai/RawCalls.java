// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

/** Calls from Java to C with nothing around them. */
public final class RawCalls {
	private RawCalls() {}

	/** Makes a block and frees it; the status. The driver has to be loaded. */
	public static int pair(int size) {
		return NativeCalls.free(NativeCalls.allocate(size, 0, 4, 0), 0);
	}
}
