// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.Optional;

/**
 * Who frees a block: the {@code HIAI_MEMORY_ATTR} of the C++ API. Its headers spell the constants in several ways, with equal values:
 * {@code MEMORY_ATTR_AUTO_FREE}, {@code HIAI_MEMORY_ATTR_ATUO_FREE} and {@code MEMORY_ATTR_ATUO_FREE} are {@link #AUTO_FREE}.
 */
public enum MemoryAttr {
	/** Ordinary memory of the first generation of the API; the caller frees it, as with {@link #MANUAL_FREE}. No longer used. */
	NONE(0),
	/** The first generation's flag for memory of huge pages, {@code HIAI_MEMORY_HUGE_PAGE}; the caller frees it. DVPP calls replace it. */
	HUGE_PAGE(1),
	/** The framework, once the block was sent to the other side; the caller, if it is not sent or its send fails. The default. */
	AUTO_FREE(2),
	/** The caller, always. */
	MANUAL_FREE(4),
	/** No flag but the end of their values; a request with it is refused. */
	MAX(5);

	private final int code;

	MemoryAttr(int code) {
		this.code = code;
	}

	/** The value in the C++ API. */
	public int code() {
		return code;
	}

	/** The flag with that value in the C++ API, if there is one. */
	public static Optional<MemoryAttr> of(int code) {
		for (MemoryAttr flag : values()) {
			if (flag.code == code) {
				return Optional.of(flag);
			}
		}
		return Optional.empty();
	}
}
