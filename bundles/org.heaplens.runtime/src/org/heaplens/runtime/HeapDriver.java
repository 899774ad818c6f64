// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;

/**
 * What the API stands on: a board, or a simulation of one. Threads share it. Found by {@link java.util.ServiceLoader} among those that are
 * {@link Named}; it is made with the first call of the API, and throws a {@link NoDriverException} if it cannot work.
 */
public interface HeapDriver {
	/** The name by which the setting {@code driver} chooses a driver. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE)
	@interface Named {
		String value();
	}

	/** Stands for a time-out that the caller does not say: as long as the driver was told. */
	int USUAL_TIME_OUT = -1;

	/**
	 * @param size          bytes
	 * @param timeOutMillis how long to wait for room; 0 not at all, or {@link #USUAL_TIME_OUT}
	 */
	Allocation allocate(int size, int timeOutMillis, MemoryAttr flag);

	/** As {@link #allocate}, for callers who do not ask why there is no block: that is the faster way. */
	@Nullable
	HiaiBuffer allocateOrNull(int size, int timeOutMillis, MemoryAttr flag);

	/** @param size bytes */
	Allocation allocateDvpp(int size);

	HiaiStatus free(@Nullable HiaiBuffer block);

	HiaiStatus freeDvpp(@Nullable HiaiBuffer block);

	/** Gives back a block that a message brought. */
	HiaiStatus release(@Nullable HiaiBuffer block);

	/** Whether {@code size} bytes from {@code offset} of that block belong to it, and it is live and none of DVPP. */
	boolean isDMalloc(@Nullable HiaiBuffer block, int offset, int size);

	/** Tells an observer of all that happens to blocks from now on; it may be one of several. */
	void observe(Observer observer);

	/** Tells it no more. */
	void forget(Observer observer);

	/**
	 * Who made a call.
	 *
	 * @param engine whose thread it was
	 * @param stack  of the program, innermost first
	 */
	record Caller(String thread, Optional<EngineInfo> engine, List<StackFrame> stack) {}

	/**
	 * Hears what happens to blocks, on the thread that does it and while the heap is held: it has to be quick, and may not call the API.
	 */
	interface Observer {
		/** @param device its number; 0 on the host */
		void made(HiaiBuffer block, Side side, int device, BlockFlag flag, Caller caller);

		/** A send is over; anything but {@link HiaiStatus#OK} is a failure. */
		void sent(HiaiBuffer block, HiaiStatus status, Caller caller);

		/** @param byFramework whether it went because it was sent */
		void freed(HiaiBuffer block, boolean byFramework, Caller caller);

		/**
		 * May throw a {@link MisuseException}, which the call then throws.
		 *
		 * @param block none where the misuse concerns none
		 */
		void misused(MisuseReason reason, HiaiStatus status, @Nullable HiaiBuffer block, Caller caller);
	}

	/** Makes a graph, with its engines initialised and its threads running. */
	RunningGraph start(GraphConfig config);

	/**
	 * Makes the graphs of a file, with the engines that the libraries bring which it names.
	 *
	 * @param graphs as the file says; their engines have no makers
	 * @return in the same order; all of them, or none
	 * @throws UnsupportedOperationException if engines are made in Java here
	 */
	List<RunningGraph> start(Path file, List<GraphConfig> graphs);

	/** A graph whose threads run. */
	interface RunningGraph {
		/** @param timeOutMillis 0 not to wait, or {@link #USUAL_TIME_OUT} */
		HiaiStatus send(EnginePort target, String messageName, @Nullable Object message, int timeOutMillis);

		HiaiStatus receive(EnginePort source, DataReceiver receiver);

		HiaiStatus stop();
	}

	/** What an engine sees of its graph. */
	interface Outlet {
		/** @param timeOutMillis 0 not to wait, or {@link #USUAL_TIME_OUT} */
		HiaiStatus send(int port, String messageName, @Nullable Object message, int timeOutMillis);

		/** Has the messages of an output port handed to a receiver. */
		HiaiStatus receive(int port, DataReceiver receiver);

		/** Messages that may wait at each input port. */
		int queueSize();

		/** Messages that wait at an input port. */
		int waiting(int port);
	}
}
