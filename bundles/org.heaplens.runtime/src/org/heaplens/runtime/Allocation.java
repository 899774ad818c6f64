// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.Optional;

/**
 * What became of a request: the form of the C++ call, with status and block.
 *
 * @param status {@link HiaiStatus#OK} exactly if there is a block
 * @param block  owned by the caller
 */
public record Allocation(HiaiStatus status, Optional<HiaiBuffer> block) {
	/** A request that was refused. */
	public static Allocation refused(HiaiStatus status) {
		return new Allocation(status, Optional.empty());
	}
}
