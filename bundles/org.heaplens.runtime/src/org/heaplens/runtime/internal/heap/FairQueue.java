// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The requests that wait for room in a space: first come, first served, and nobody overtakes. Simulated and virtual heaps share it, so
 * that a replay waits as the program did. Not thread-safe: its heap's lock guards it.
 *
 * @param <R> what waits
 */
public final class FairQueue<R extends FairQueue.Request> {
	private final Space space;
	/** In the order in which they came. A replay may have hundreds of thousands, so nothing here walks through all of them. */
	private final Set<R> waiting = new LinkedHashSet<>();
	/** In the order in which they give up. */
	private final TreeSet<R> impatient = new TreeSet<>(FairQueue::compareDeadlines);
	private long came;

	/** A request that waits. */
	public abstract static class Request {
		private final long size;
		private final long deadline;
		/** Decides between those with one deadline. */
		private long number;

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
		((Request) request).number = came++;
		waiting.add(request);
		impatient.add(request);
	}

	/** Serves those that now fit, from the front, up to the first that does not. */
	public void serve(long nowNanos) {
		while (!waiting.isEmpty()) {
			Iterator<R> fromTheFront = waiting.iterator();
			R first = fromTheFront.next();
			int handle = space.allocate(first.size());
			if (handle < 0) {
				return;
			}
			fromTheFront.remove();
			impatient.remove(first);
			first.served(handle, nowNanos);
		}
	}

	/** Ends the wait of those whose time is over, in the order of their deadlines; each may so make way for others. */
	public void advance(long nowNanos) {
		while (!impatient.isEmpty() && impatient.first().deadline() - nowNanos <= 0) {
			R next = impatient.first();
			giveUp(next, next.deadline());
		}
	}

	/** Ends the wait of one before its time, which may make way for others. */
	public void giveUp(R request, long nowNanos) {
		if (!waiting.remove(request)) {
			throw new IllegalStateException("this request does not wait");
		}
		impatient.remove(request);
		request.timedOut(nowNanos);
		serve(nowNanos);
	}

	/** The one that gives up first is less; of several the one that came first. Deadlines may overflow. */
	private static int compareDeadlines(Request one, Request other) {
		long later = one.deadline - other.deadline;
		return later == 0 ? Long.compare(one.number, other.number) : Long.signum(later);
	}
}
