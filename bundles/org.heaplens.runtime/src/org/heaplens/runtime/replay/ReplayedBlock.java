// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapEvent;
import org.heaplens.runtime.replay.VirtualHeap.Outcome;
import org.heaplens.runtime.replay.VirtualHeap.Request;

/** A request of a recording and what became of it there and in the replay. Times are nanoseconds since the trace began. */
final class ReplayedBlock {
	private static final long FNV_BASIS = 0xcbf29ce484222325L;
	private static final long FNV_PRIME = 0x100000001b3L;

	final int size;
	final int stack;
	final long timeOutMillis;
	final int requested;
	private final int thread;
	/** In the order of requests; decides between those of one moment. */
	long number;
	/** {@code null} as long as it was not made. */
	@Nullable
	Request request;
	/** When it was asked for in the replay. */
	long askedNanos;
	/** When it was handed out in the replay. */
	long servedNanos;
	/** Bytes of its extent in the recording. */
	int recordedSize;
	/** When it was handed out in the recording. */
	long madeNanos;
	/** How long it lived in the recording; negative as long as that is unknown. */
	long lifetimeNanos = -1;
	/** When it goes in the replay. */
	long freeNanos;
	boolean timedOutInRecording;

	ReplayedBlock(HeapEvent event, long timeOutMillis) {
		this.size = Math.max(1, event.size());
		this.stack = event.stack();
		this.requested = event.requested();
		this.thread = event.thread();
		this.timeOutMillis = timeOutMillis;
	}

	/** Whether an event may be about this request. */
	boolean isLike(HeapEvent event) {
		return size == Math.max(1, event.size()) && requested == event.requested() && thread == event.thread() && stack == event.stack();
	}

	boolean isWaiting() {
		return has(Outcome.WAITING);
	}

	boolean isServed() {
		return has(Outcome.SERVED);
	}

	/** Whether it never came to be in the replay. */
	boolean isMissing() {
		return request == null || has(Outcome.TIMED_OUT);
	}

	private boolean has(Outcome outcome) {
		Request made = request;
		return made != null && made.outcome() == outcome;
	}

	/** The request; there has to be one. */
	Request request() {
		Request made = request;
		if (made == null) {
			throw new IllegalStateException("this was not asked for");
		}
		return made;
	}

	/** Only if it was served. */
	long offset() {
		return request().offset();
	}

	long deadlineNanos() {
		return askedNanos + TimeUnit.MILLISECONDS.toNanos(timeOutMillis);
	}

	/** As {@link org.heaplens.model.HeapSnapshot#digest()}. */
	static long digest(List<ReplayedBlock> inOrderOfOffsets) {
		long hash = FNV_BASIS;
		for (ReplayedBlock block : inOrderOfOffsets) {
			hash = digest(digest(hash, block.offset()), block.request().extentSize());
		}
		return hash;
	}

	private static long digest(long hash, long number) {
		long result = hash;
		for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
			result = (result ^ number >>> shift & 0xFF) * FNV_PRIME;
		}
		return result;
	}
}
