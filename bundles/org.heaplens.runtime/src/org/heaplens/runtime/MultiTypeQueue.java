// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Several queues of limited size that are emptied together: {@code MultiTypeQueue} of the C++ API, for engines that join what comes to
 * several ports. Threads share it.
 */
public final class MultiTypeQueue {
	private final List<Deque<Object>> queues;
	private final int size;

	/**
	 * @param queues how many; at least 1
	 * @param size   what each may hold; at least 1
	 */
	public MultiTypeQueue(int queues, int size) {
		if (queues < 1 || size < 1) {
			throw new IllegalArgumentException("needs a queue, and a place in it: queues=" + queues + ", size=" + size);
		}
		this.queues = IntStream.range(0, queues).<Deque<Object>>mapToObj(number -> new ArrayDeque<>()).toList();
		this.size = size;
	}

	/** Adds at the end of a queue; false if it is full, or there is no such queue. */
	public synchronized boolean pushData(int queue, Object data) {
		if (!has(queue) || queues.get(queue).size() >= size) {
			return false;
		}
		queues.get(queue).addLast(data);
		return true;
	}

	/** What is first in a queue, which stays there; nothing if it is empty, or there is no such queue. */
	public synchronized Optional<Object> frontData(int queue) {
		return has(queue) ? Optional.ofNullable(queues.get(queue).peekFirst()) : Optional.empty();
	}

	/** Takes what is first in a queue; nothing if it is empty, or there is no such queue. */
	public synchronized Optional<Object> popData(int queue) {
		return has(queue) ? Optional.ofNullable(queues.get(queue).pollFirst()) : Optional.empty();
	}

	/** Takes the first of every queue, in their order; nothing, and from none, if one is empty. */
	public synchronized List<Object> popAllData() {
		var first = new ArrayList<Object>();
		if (queues.stream().noneMatch(Deque::isEmpty)) {
			queues.forEach(queue -> first.add(queue.removeFirst()));
		}
		return first;
	}

	private boolean has(int queue) {
		return queue >= 0 && queue < queues.size();
	}
}
