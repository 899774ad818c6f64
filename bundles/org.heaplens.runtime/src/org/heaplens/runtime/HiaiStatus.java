// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

/**
 * What a call answers. Compare with {@link #OK}; its code is not zero.
 *
 * <p>
 * The codes follow the encoding {@code module << 16 | level << 12 | number}. Of the numbers only that of
 * {@link #GRAPH_MEMORY_POOL_STOPPED} is documented; the others are stable here, and not those of a board.
 */
public enum HiaiStatus {
	/** Done. */
	OK(3, 0x000),
	/** Failed, without a more precise reason. */
	ERROR(1, 0x001),
	/** There is no such graph, or no graph at all. */
	GRAPH_NOT_EXIST(1, 0x002),
	/** An argument is out of its range, or the message cannot be sent. */
	GRAPH_INVALID_VALUE(1, 0x003),
	/** What was to be freed is no block, or no longer. */
	GRAPH_NOT_FIND_MEMORY(1, 0x004),
	/** More was asked for than one block may have: 256 MiB on the host, 96 bytes less on the device. */
	GRAPH_MALLOC_LARGER(1, 0x005),
	/** No room in the heap, also after waiting. */
	GRAPH_NO_MEMORY(1, 0x006),
	/** No room in the receiver's heap, also after waiting. */
	GRAPH_NO_USEFUL_MEMORY(1, 0x007),
	/** There is no such engine. */
	GRAPH_ENGINE_NOT_EXIST(1, 0x008),
	/** Nothing is connected to that port. */
	GRAPH_SRC_PORT_NOT_EXIST(1, 0x009),
	/** The graph's threads did not end in time. */
	GRAPH_DESTROY_TIMEOUT(1, 0x00A),
	/** The transfer failed. */
	GRAPH_SENDMSG_FAILED(1, 0x00B),
	/** The pool is being stopped; try again a little later. */
	GRAPH_MEMORY_POOL_STOPPED(1, 0x0AC),
	/** There is no message. */
	ENGINE_NULL_POINTER(1, 0x00D),
	/** The receiver's queue stayed full; the message was not taken. */
	QUEUE_FULL(1, 0x00E),
	/** There is no such port. */
	PORT_ID_ERROR(1, 0x00F),
	/** The graph file cannot be read, or says what cannot be. */
	GRAPH_PROTO_FILE_PARSE_FAILED(1, 0x010),
	/** A function that should be registered is none. */
	ENGINE_FUNCTOR_NULL(1, 0x011),
	/** The name is registered already, and keeps what it has. */
	ENGINE_FUNCTOR_EXIST(1, 0x012);

	private static final int MODULE = 0x0101;

	private final int code;

	HiaiStatus(int level, int number) {
		this.code = MODULE << 16 | level << 12 | number;
	}

	/** The {@code HIAI_StatusT}. */
	public int code() {
		return code;
	}
}
