// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.nio.ByteBuffer;

/** What a lane has counted. The heap's lock guards it. */
final class LaneTotals {
	long liveBytes;
	long blocks;
	long peakBytes;
	long allocations;
	long frees;
	long autoFrees;
	long misuses;
	long timeouts;

	void write(ByteBuffer header) {
		header.putLong(TraceLayout.AT_TOTAL_LIVE, liveBytes);
		header.putLong(TraceLayout.AT_TOTAL_BLOCKS, blocks);
		header.putLong(TraceLayout.AT_TOTAL_PEAK, peakBytes);
		header.putLong(TraceLayout.AT_TOTAL_ALLOCATIONS, allocations);
		header.putLong(TraceLayout.AT_TOTAL_FREES, frees);
		header.putLong(TraceLayout.AT_TOTAL_AUTO_FREES, autoFrees);
		header.putLong(TraceLayout.AT_TOTAL_MISUSES, misuses);
		header.putLong(TraceLayout.AT_TOTAL_TIMEOUTS, timeouts);
	}
}
