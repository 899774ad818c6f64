// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the API stands on: a board, or a simulation of one. Threads share it. Found by {@link java.util.ServiceLoader}.
 */
public interface HeapDriver {
	/**
	 * @param size          bytes
	 * @param timeOutMillis how long to wait for room; 0 not at all
	 */
	Allocation allocate(int size, int timeOutMillis, MemoryAttr flag);

	/** @param size bytes */
	Allocation allocateDvpp(int size);

	HiaiStatus free(@Nullable HiaiBuffer block);

	HiaiStatus freeDvpp(@Nullable HiaiBuffer block);

	/** Whether {@code size} bytes from the start of that block belong to a live block that is none of DVPP. */
	boolean isDMalloc(@Nullable HiaiBuffer block, int size);

	/** Makes a graph, with its engines initialised and its threads running. */
	RunningGraph start(GraphConfig config);

	/** A graph whose threads run. */
	interface RunningGraph {
		HiaiStatus send(EnginePort target, String messageName, @Nullable Object message, int timeOutMillis);

		HiaiStatus receive(EnginePort source, DataReceiver receiver);

		HiaiStatus stop();
	}

	/** Where the messages of an engine go. */
	interface Outlet {
		HiaiStatus send(int port, String messageName, @Nullable Object message, int timeOutMillis);
	}
}
