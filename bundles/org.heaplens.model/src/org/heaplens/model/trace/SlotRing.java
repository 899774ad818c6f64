// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import org.eclipse.jdt.annotation.Nullable;

/** The flight recorder's: a lane that needs a slot overwrites the one with the oldest events, never one that is being written. */
final class SlotRing implements Slots {
	/** Each heap keeps some past, however many heaps there are. */
	private static final int LEAST_OF_LANE = 2;

	private final PieceStore store;
	private final int size;
	private final Deque<Slot> oldestFirst = new ArrayDeque<>();
	private int made;
	private int lanes;
	private boolean storeIsFull;

	/** @param size slots */
	SlotRing(PieceStore store, int size) {
		this.store = store;
		this.size = size;
	}

	@Override
	public synchronized @Nullable Slot next(@Nullable Slot full, int heap) {
		if (full == null) {
			lanes++;
		} else {
			oldestFirst.addLast(full);
		}
		if (!storeIsFull && made < Math.max(size, LEAST_OF_LANE * lanes)) {
			@Nullable
			Slot fresh = make();
			if (fresh != null) {
				return fresh;
			}
		}
		@Nullable
		Slot oldest = oldestFirst.pollFirst();
		if (oldest != null) {
			TraceLayout.LONG.getAndAdd(store.header(), TraceLayout.AT_OVERWRITTEN, (long) oldest.count());
			if (oldest.heap() == heap) {
				// What is in it has smaller numbers than all that is to come.
				return oldest;
			}
			oldest.clear();
		}
		return oldest;
	}

	private @Nullable Slot make() {
		@Nullable
		ByteBuffer chunk = store.chunk(TraceLayout.KIND_UNUSED, 0, 0);
		if (chunk == null) {
			storeIsFull = true;
			return null;
		}
		made++;
		return new Slot(chunk);
	}

	@Override
	public synchronized void last(Slot slot) {
		oldestFirst.addLast(slot);
	}

	@Override
	public void finish() {
		// Nothing is compressed: the ring is what there is.
	}
}
