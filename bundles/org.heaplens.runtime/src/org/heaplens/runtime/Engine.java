// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A part of a graph that takes messages and sends others. With more than one thread, {@link #process} is called by several at once.
 */
public abstract class Engine {
	/** How long a send waits if the caller does not say. */
	public static final int DEFAULT_TIME_OUT_MILLIS = 500;

	private volatile HeapDriver.@Nullable Outlet outlet;

	/** Called once before any message. Anything but {@link HiaiStatus#OK} stops the graph from being made. */
	public HiaiStatus init(Map<String, String> config) {
		return HiaiStatus.OK;
	}

	/**
	 * Called for each message that arrives. It has to return, or the graph cannot be destroyed.
	 *
	 * @param port the input port it came to
	 */
	public abstract HiaiStatus process(int port, Object message);

	/** Sends, and waits up to {@value #DEFAULT_TIME_OUT_MILLIS} ms for room at the receiver. */
	protected final HiaiStatus sendData(int port, String messageName, @Nullable Object message) {
		return sendData(port, messageName, message, DEFAULT_TIME_OUT_MILLIS);
	}

	/**
	 * Sends a message to whatever is connected to an output port.
	 *
	 * <p>
	 * To an engine on the same side goes the object itself. To the other side goes a copy, made as {@link SerializeRegistry} was told; when
	 * this returns {@link HiaiStatus#OK}, the copy has arrived and a block with {@link MemoryAttr#AUTO_FREE} has been freed. With any other
	 * answer nothing was sent and the block is still the caller's.
	 *
	 * @param port          0 to 15
	 * @param timeOutMillis how long to wait for room in the receiver's queue and heap; 0 not at all
	 */
	protected final HiaiStatus sendData(int port, String messageName, @Nullable Object message, int timeOutMillis) {
		HeapDriver.Outlet connected = outlet;
		return connected == null ? HiaiStatus.GRAPH_ENGINE_NOT_EXIST : connected.send(port, messageName, message, timeOutMillis);
	}

	/** Connects the engine; called by the driver, before {@link #init}. */
	public final void connect(HeapDriver.Outlet target) {
		outlet = target;
	}
}
