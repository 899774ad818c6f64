// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.Map;

/**
 * On what heaps the requests of a recording are to be made again.
 *
 * @param policy        how the heaps choose places
 * @param capacities    bytes, by the number of the heap; a heap that is not named is as large as it was
 * @param timeOutMillis how long a request may wait whose recording does not tell, because it was served at once
 * @param alone         whether each heap is looked at by itself: what was not sent for lack of room arrives all the same
 */
public record ReplayPlan(Policy policy, Map<Integer, Long> capacities, long timeOutMillis, boolean alone) {
	/** What the API waits where the caller does not say. */
	public static final long USUAL_TIME_OUT_MILLIS = 500;
}
