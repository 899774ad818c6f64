// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.Optional;

import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.HiaiStatus;

/** What a heap answers to a request: the block itself, so that a request which is served costs no second object, or the reason. */
sealed interface Answer permits SimulatedBuffer, Answer.Refused {
	/** There is no block. */
	record Refused(HiaiStatus status) implements Answer {}

	/** {@link HiaiStatus#OK} exactly if there is a block. */
	HiaiStatus status();

	/** In the form of the API. */
	default Allocation allocation() {
		return this instanceof SimulatedBuffer block ? new Allocation(HiaiStatus.OK, Optional.of(block)) : Allocation.refused(status());
	}
}
