// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A part of a graph that takes messages and sends others. With more than one thread, {@link #process} is called by several at once.
 *
 * <p>
 * An engine that holds something, such as blocks that it has made in {@link #init}, implements {@link AutoCloseable}: it is closed when its
 * graph has been destroyed and its threads have ended, as the destructor of a C++ engine would be called.
 */
public abstract class Engine {
	/** How long each try of a send waits if the caller does not say, and neither does the setting {@code simulator.engine-send-time-out}. */
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

	/**
	 * Called when no message has come for the time that the graph says ({@code wait_inputdata_max_time}): what {@code Process} with null
	 * arguments is in the C++ API. An engine that collects messages may now process what it has.
	 */
	public HiaiStatus quiet() {
		return HiaiStatus.OK;
	}

	/** Sends, and waits up to {@value #DEFAULT_TIME_OUT_MILLIS} ms for room at the receiver, several times if it is on the other side. */
	protected final HiaiStatus sendData(int port, String messageName, @Nullable Object message) {
		return send(port, messageName, message, HeapDriver.USUAL_TIME_OUT);
	}

	/**
	 * Sends a message to whatever is connected to an output port.
	 *
	 * <p>
	 * To an engine on the same side goes the object itself. To the other side goes a copy, made as {@link SerializeRegistry} was told; when
	 * this returns {@link HiaiStatus#OK}, the copy has arrived and a block with {@link MemoryAttr#AUTO_FREE} has been freed. With any other
	 * answer nothing was sent, to none of several receivers, and the block is still the caller's.
	 *
	 * @param port          0 to 15
	 * @param timeOutMillis how long each try waits for room in the receiver's queue and heap; 0 not at all. To the other side there are
	 *                      several tries, one right after the other: 16, or what the setting {@code simulator.send-tries} says
	 */
	protected final HiaiStatus sendData(int port, String messageName, @Nullable Object message, int timeOutMillis) {
		return send(port, messageName, message, Math.max(0, timeOutMillis));
	}

	private HiaiStatus send(int port, String messageName, @Nullable Object message, int timeOutMillis) {
		HeapDriver.Outlet connected = outlet;
		return connected == null ? HiaiStatus.GRAPH_ENGINE_NOT_EXIST : connected.send(port, messageName, message, timeOutMillis);
	}

	/** Has the messages of an output port handed to a receiver: {@code Engine::SetDataRecvFunctor} of the C++ API. */
	protected final HiaiStatus setDataReceiver(int port, DataReceiver receiver) {
		HeapDriver.Outlet connected = outlet;
		return connected == null ? HiaiStatus.GRAPH_ENGINE_NOT_EXIST : connected.receive(port, receiver);
	}

	/** Messages that may wait at each input port: {@code GetQueueMaxSize} of the C++ API; 0 if the engine belongs to no graph. */
	public final int queueMaxSize() {
		HeapDriver.Outlet connected = outlet;
		return connected == null ? 0 : connected.queueSize();
	}

	/** Messages that wait at an input port: {@code GetQueueCurrentSize} of the C++ API; 0 if there is no such port. */
	public final int queueCurrentSize(int port) {
		HeapDriver.Outlet connected = outlet;
		return connected == null ? 0 : connected.waiting(port);
	}

	/** Connects the engine; called by the driver, before {@link #init}. */
	public final void connect(HeapDriver.Outlet target) {
		outlet = target;
	}
}
