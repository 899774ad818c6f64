// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

import java.util.Optional;

/** How a block was obtained, and so how it has to go back. */
public enum BlockFlag {
	/** The framework frees it once it was sent to the other side. */
	AUTO_FREE(2),
	/** The caller frees it. */
	MANUAL_FREE(4),
	/** The first generation's flag for huge pages; the caller frees it. */
	HUGE_PAGE(1),
	/** Memory for the image hardware; the caller frees it with the DVPP call. */
	DVPP(0x100),
	/** Handed in by the framework with a received message; the receiver releases it. */
	RECEIVED(0x200);

	private final int code;

	BlockFlag(int code) {
		this.code = code;
	}

	/** The number in traces, equal to the API's value where the API has one; 1 to 0xFFFF. */
	public int code() {
		return code;
	}

	/** The flag with that number, if there is one. */
	public static Optional<BlockFlag> of(int code) {
		for (BlockFlag flag : values()) {
			if (flag.code == code) {
				return Optional.of(flag);
			}
		}
		return Optional.empty();
	}
}
