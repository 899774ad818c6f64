// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.Arrays;

import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.BlockState;
import org.heaplens.model.Extent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapTotals;

/** Makes objects of the live blocks that a cursor has. */
final class Snapshots {
	private Snapshots() {}

	static HeapSnapshot of(HeapInfo heap, LaneCursor cursor) {
		LiveBlocks live = cursor.live();
		int[] order = live.indexes();
		sort(order, live.offset, heap.capacity());
		Block[] blocks = new Block[order.length];
		boolean ended = cursor.ended();
		for (int place = 0; place < order.length; place++) {
			int block = order[place];
			BlockFlag flag = BlockFlag.of(live.flag[block]).orElse(BlockFlag.MANUAL_FREE);
			blocks[place] = new Block(heap.id(), new Extent(live.offset[block], live.size[block]), live.requested[block], flag,
					ended ? BlockState.LEAKED : state(live.state[block]), Math.max(0, live.sequence[block]), live.time[block],
					live.thread[block], live.stack[block], live.engine[block]);
		}
		var totals = new HeapTotals(live.liveBytes, live.peakBytes, live.allocations, live.frees, live.misuses, live.timeouts,
				cursor.missed(), cursor.at(), ended);
		return HeapSnapshot.of(heap, Arrays.asList(blocks), totals);
	}

	private static BlockState state(int code) {
		return code == TraceLayout.STATE_SENDING ? BlockState.SENDING : code == TraceLayout.STATE_SENT ? BlockState.SENT : BlockState.LIVE;
	}

	private static void sort(int[] order, long[] offsets, long capacity) {
		int bits = Long.SIZE - Long.numberOfLeadingZeros(offsets.length);
		if (capacity >= 1L << Long.SIZE - 1 - bits) {
			IndexSort.sort(order, offsets);
			return;
		}
		// Offset and index in one number: sorted without looking anything up.
		long[] keys = new long[order.length];
		for (int place = 0; place < order.length; place++) {
			keys[place] = offsets[order[place]] << bits | order[place];
		}
		Arrays.sort(keys);
		for (int place = 0; place < order.length; place++) {
			order[place] = (int) (keys[place] & (1L << bits) - 1);
		}
	}
}
