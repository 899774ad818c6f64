// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

import java.util.Optional;

/** What happened. The numbers are part of the trace format and never change their meaning. */
public enum EventKind {
	/** A caller obtained a block. */
	ALLOCATE(1),
	/** A caller gave a block back. */
	FREE(2),
	/** The framework freed a block that was sent. Argument: the transfer's number. */
	AUTO_FREE(3),
	/** A block begins its way to the other side. Argument: the transfer's number. */
	SEND_BEGIN(4),
	/** The transfer is over; the status says how, and the size is 0 if nothing arrived. Argument: the transfer's number. */
	SEND_END(5),
	/** The framework made a block for a message that arrives. Argument: the transfer's number. */
	RECEIVE(6),
	/** A request found no room and waits. Argument: its time-out in milliseconds. Offset: the largest free extent in bytes. */
	WAIT_BEGIN(7),
	/** A waiting request was served. Argument: nanoseconds waited. Offset: the largest free extent in bytes that is left. */
	WAIT_END(8),
	/** A request gave up. Argument, and offset: the largest free extent in bytes. */
	TIMEOUT(9),
	/** The API was used wrongly; the reason says how. */
	MISUSE(10),
	/** Argument: the graph's number. */
	GRAPH_CREATED(11),
	/** Argument: the graph's number. */
	GRAPH_DESTROYED(12),
	/** The engine's threads run. */
	ENGINE_STARTED(13),
	/** The engine's threads have ended. */
	ENGINE_STOPPED(14),
	/** The process ended in good order; the last event of a heap. */
	PROCESS_ENDED(15),
	/** No mistake, but slow: the payload of a message was no block, and was copied into the one that is received. Argument: the transfer's number. */
	PLAIN_PAYLOAD(16),
	/** A graph ended with messages that nobody had processed. Argument: how many. */
	MESSAGES_DROPPED(17);

	private static final EventKind[] BY_CODE = new EventKind[18];

	static {
		for (EventKind kind : values()) {
			BY_CODE[kind.code] = kind;
		}
	}

	private final int code;

	EventKind(int code) {
		this.code = code;
	}

	/** The number in traces; 1 to 0xFFFF. */
	public int code() {
		return code;
	}

	/** The kind with that number, if this version knows it. */
	public static Optional<EventKind> of(int code) {
		return code > 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
	}
}
