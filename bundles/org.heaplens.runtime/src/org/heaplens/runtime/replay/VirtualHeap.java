// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.internal.heap.FairQueue;
import org.heaplens.runtime.internal.heap.Space;

/**
 * A heap with no memory behind it, in which time passes only when it is told so. Requests are served as a simulated heap serves them:
 * whoever waits came first, and nobody overtakes. One thread.
 */
public final class VirtualHeap {
	private final Space space;
	private final FairQueue<Waiting> queue;
	private final List<Request> served = new ArrayList<>();
	private long now;
	private long peak;

	/** What became of a request. */
	public enum Outcome {
		/** It waits for room. */
		WAITING,
		/** It has its extent. */
		SERVED,
		/** It found no room, also after waiting. */
		TIMED_OUT,
		/** Its extent was given back. */
		FREED
	}

	/** A request for an extent. */
	public static final class Request {
		private final long size;
		private final long begun;
		private final long deadline;
		private Outcome outcome = Outcome.WAITING;
		/** Its place in the queue, if it ever had to wait. */
		private @Nullable Waiting waiting;
		private int handle = -1;
		private long offset;
		private long extentSize;
		private long ended;
		private long largestFree;

		private Request(long size, long begun, long deadline) {
			this.size = size;
			this.begun = begun;
			this.deadline = deadline;
		}

		/** Bytes of the extent. */
		public long size() {
			return size;
		}

		public Outcome outcome() {
			return outcome;
		}

		/** Bytes from the start of the heap; only if it was served. */
		public long offset() {
			return offset;
		}

		/** Bytes that it was given, with what the policy adds; only if it was served. */
		public long extentSize() {
			return extentSize;
		}

		/** When it was made, nanoseconds. */
		public long begun() {
			return begun;
		}

		/** How long it waited, or has waited by then, nanoseconds. */
		public long waited(long nowNanos) {
			return (outcome == Outcome.WAITING ? nowNanos : ended) - begun;
		}

		/** Bytes of the largest hole when it timed out. */
		public long largestFree() {
			return largestFree;
		}
	}

	/** A request in the queue. */
	private static final class Waiting extends FairQueue.Request {
		private final VirtualHeap heap;
		private final Request request;

		Waiting(VirtualHeap heap, Request request) {
			super(request.size, request.deadline);
			this.heap = heap;
			this.request = request;
		}

		@Override
		protected void served(int handle, long nowNanos) {
			heap.serve(request, handle, nowNanos);
			heap.served.add(request);
		}

		@Override
		protected void timedOut(long nowNanos) {
			heap.timeOut(request, nowNanos);
		}
	}

	/** @param capacity bytes; at least 64 and less than 128 Gi */
	public VirtualHeap(long capacity, Policy policy) {
		this.space = policy.space(capacity);
		this.queue = new FairQueue<>(space);
	}

	/**
	 * Asks for an extent.
	 *
	 * @param nowNanos      not before any earlier call
	 * @param size          bytes of the extent, with what a heap adds to a request; at least 1
	 * @param timeOutMillis how long to wait for room; 0 or less not at all
	 */
	public Request allocate(long nowNanos, long size, long timeOutMillis) {
		advance(nowNanos);
		var request = new Request(size, now, now + TimeUnit.MILLISECONDS.toNanos(Math.max(0, timeOutMillis)));
		int handle = queue.isEmpty() ? space.allocate(size) : -1;
		if (handle >= 0) {
			serve(request, handle, now);
		} else if (timeOutMillis <= 0) {
			timeOut(request, now);
		} else {
			var waiting = new Waiting(this, request);
			request.waiting = waiting;
			queue.add(waiting);
		}
		return request;
	}

	/**
	 * Gives the extent of a request back, which may serve others.
	 *
	 * @return those that were served, in their order
	 * @throws IllegalStateException if the request has no extent
	 */
	public List<Request> free(long nowNanos, Request request) {
		advance(nowNanos);
		if (request.outcome != Outcome.SERVED) {
			throw new IllegalStateException("the request has no extent to give back: " + request.outcome);
		}
		space.free(request.handle);
		request.outcome = Outcome.FREED;
		queue.serve(now);
		return List.copyOf(served);
	}

	/**
	 * Lets a request give up before its time, which may serve others.
	 *
	 * @return those that were served, in their order
	 * @throws IllegalStateException if the request does not wait
	 */
	public List<Request> giveUp(long nowNanos, Request request) {
		advance(nowNanos);
		served.clear();
		Waiting waiting = request.waiting;
		if (waiting == null || request.outcome != Outcome.WAITING) {
			throw new IllegalStateException("the request does not wait: " + request.outcome);
		}
		queue.giveUp(waiting, now);
		return List.copyOf(served);
	}

	/** Lets time pass: requests whose time is over give up, in the order of their deadlines, and may so make way for others. */
	public void advance(long nowNanos) {
		if (nowNanos < now) {
			throw new IllegalArgumentException("time goes backwards, from " + now + " to " + nowNanos);
		}
		queue.advance(nowNanos);
		served.clear();
		now = nowNanos;
	}

	/** Requests that wait, the one that came first at first. */
	public List<Request> waiting() {
		return queue.waiting().stream().map(waiting -> waiting.request).toList();
	}

	/** Bytes handed out, with what the policy adds. */
	public long used() {
		return space.used();
	}

	/** The most bytes that were handed out at once. */
	public long peak() {
		return peak;
	}

	public long capacity() {
		return space.capacity();
	}

	/** Bytes of the largest hole. */
	public long largestFree() {
		return space.largestFree();
	}

	/** Throws if the bookkeeping contradicts itself; for tests. */
	public void checkInvariants() {
		space.checkInvariants();
		for (Request request : waiting()) {
			if (request.deadline <= now) {
				throw new IllegalStateException(
						"a request waits since " + request.begun + " though its time was over at " + request.deadline);
			}
		}
	}

	private void serve(Request request, int handle, long at) {
		request.handle = handle;
		request.offset = space.offset(handle);
		request.extentSize = space.size(handle);
		request.outcome = Outcome.SERVED;
		request.ended = at;
		peak = Math.max(peak, space.used());
	}

	private void timeOut(Request request, long at) {
		request.outcome = Outcome.TIMED_OUT;
		request.ended = at;
		request.largestFree = space.largestFree();
	}
}
