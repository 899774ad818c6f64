// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.Arrays;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;

/**
 * What one thread of {@link KillProgram} does, one after the other: the same numbers give the same operations, so that whoever reads the
 * recording knows each event before it comes. Each operation is one event.
 */
final class Operations {
	/** Blocks that a thread has at most. */
	static final int LIVE = 40;
	/** Of the number of an allocation, which its size tells. */
	private static final int NUMBER_BITS = 16;
	private static final int THREAD_BITS = 4;
	private static final int LEAST = 1024;

	private final int thread;
	private final int[] live = new int[LIVE];
	private int count;
	private long state;
	private long number = -1;
	private boolean free;
	private int place;
	private int requested;

	Operations(long seed, int thread) {
		this.thread = thread;
		this.state = seed * 31 + thread;
	}

	/** Which thread asked for a block of that size. */
	static int thread(int requested) {
		return requested - LEAST & (1 << THREAD_BITS) - 1;
	}

	/** Goes on to the next operation. */
	void next() {
		number++;
		state = state * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
		int random = (int) (state >>> 33);
		free = count == LIVE || count > 0 && (random & 1) == 0;
		if (free) {
			place = (random >>> 1) % count;
			requested = live[place];
			live[place] = live[--count];
		} else {
			place = count;
			requested = LEAST + ((int) (number & (1 << NUMBER_BITS) - 1) << THREAD_BITS | thread);
			live[count++] = requested;
		}
	}

	/** Whether that is the event of this operation. */
	boolean wrote(HeapEvent event) {
		return free == (event.kind() == EventKind.FREE) && requested == event.requested();
	}

	/** 0, 1, 2... */
	long number() {
		return number;
	}

	boolean free() {
		return free;
	}

	/** Where the block is, or was: a freed block's place is taken by the last. */
	int place() {
		return place;
	}

	/** Bytes of the block. */
	int requested() {
		return requested;
	}

	/** How many blocks there are after the operation. */
	int count() {
		return count;
	}

	/** The sizes of the blocks there are after the operation. */
	int[] live() {
		return Arrays.copyOf(live, count);
	}
}
