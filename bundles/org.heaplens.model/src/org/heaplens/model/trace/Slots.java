// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import org.eclipse.jdt.annotation.Nullable;

/** Where lanes get the chunks for their events, and what becomes of full ones. Threads share it. */
interface Slots {
	/**
	 * The next slot for a lane, in which no record can be taken for one of the lane's events to come.
	 *
	 * @param full the slot that the lane has filled; null at its beginning
	 * @return null if there is no room in the file
	 */
	@Nullable
	Slot next(@Nullable Slot full, int heap);

	/** A lane has ended with this slot. */
	void last(Slot slot);

	/** All lanes have ended: does the work that is left. */
	void finish();
}
