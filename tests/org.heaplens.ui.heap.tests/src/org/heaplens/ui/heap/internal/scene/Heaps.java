// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.scene;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;

/** Makes heaps for tests, block by block. One thread. */
final class Heaps {
	private final HeapState state = new HeapState();
	private long sequence;

	Heaps(long capacity) {
		state.add(new HeapInfo(0, Side.HOST, 0, capacity, 0x1000));
	}

	Heaps block(long offset, int size, BlockFlag flag) {
		return happens(EventKind.ALLOCATE, offset, size, flag);
	}

	Heaps happens(EventKind kind, long offset, int size, BlockFlag flag) {
		sequence++;
		state.apply(new HeapEvent(sequence, sequence, kind, 0, offset, size, size, 0, flag.code(), 0, MisuseReason.NONE, 0, 0, 0));
		return this;
	}

	HeapSnapshot snapshot() {
		return state.snapshot(0).orElseThrow();
	}
}
