// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The requests that wait for room in a space: first come, first served, and nobody overtakes. Simulated and virtual heaps share it, so
 * that a replay waits as the program did. Not thread-safe: its heap's lock guards it.
 *
 * @param <R> what waits
 */
public final class FairQueue<R extends FairQueue.Request> {
	private final Space space;
	private final Deque<R> waiting = new ArrayDeque<>();

	/** A request that waits. */
	public abstract static class Request {
		private final long size;
		private final long deadline;

		/**
		 * @param size     bytes of the extent
		 * @param deadline nanoseconds of the heap's clock
		 */
		protected Request(long size, long deadline) {
			this.size = size;
			this.deadline = deadline;
		}

		/** Bytes of the extent. */
		public final long size() {
			return size;
		}

		/** When it gives up, in nanoseconds of the heap's clock. */
		public final long deadline() {
			return deadline;
		}

		/** It has got its extent, and waits no more. */
		protected abstract void served(int handle, long nowNanos);

		/** It found no room, and waits no more. */
		protected abstract void timedOut(long nowNanos);
	}

	public FairQueue(Space space) {
		this.space = space;
	}

	public boolean isEmpty() {
		return waiting.isEmpty();
	}

	/** Those that wait, the one that came first at first. */
	public List<R> waiting() {
		return List.copyOf(waiting);
	}

	/** Waits behind all others. */
	public void add(R request) {
		waiting.addLast(request);
	}

	/** Serves those that now fit, from the front, up to the first that does not. */
	public void serve(long nowNanos) {
		for (R first = waiting.peekFirst(); first != null; first = waiting.peekFirst()) {
			int handle = space.allocate(first.size());
			if (handle < 0) {
				return;
			}
			waiting.removeFirst();
			first.served(handle, nowNanos);
		}
	}

	/** Ends the wait of those whose time is over, in the order of their deadlines; each may so make way for others. */
	public void advance(long nowNanos) {
		for (Optional<R> next = nextToGiveUp(nowNanos); next.isPresent(); next = nextToGiveUp(nowNanos)) {
			giveUp(next.get(), next.get().deadline());
		}
	}

	/** Ends the wait of one before its time, which may make way for others. */
	public void giveUp(R request, long nowNanos) {
		if (!waiting.remove(request)) {
			throw new IllegalStateException("this request does not wait");
		}
		request.timedOut(nowNanos);
		serve(nowNanos);
	}

	/** The one with the earliest deadline that is over by then; of several the one that came first. Deadlines may overflow. */
	private Optional<R> nextToGiveUp(long nowNanos) {
		return waiting.stream().filter(request -> request.deadline() - nowNanos <= 0)
				.reduce((first, second) -> second.deadline() - first.deadline() < 0 ? second : first);
	}
}
