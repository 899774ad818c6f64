// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

/** Who frees a block: the {@code HIAI_MEMORY_ATTR} of the C++ API. */
public enum MemoryAttr {
	/** The framework, once the block was sent to the other side; the caller, if it is not sent or its send fails. The default. */
	AUTO_FREE(2),
	/** The caller, always. */
	MANUAL_FREE(4);

	private final int code;

	MemoryAttr(int code) {
		this.code = code;
	}

	/** The value in the C++ API. */
	public int code() {
		return code;
	}
}
