// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/** How the API was used wrongly. The numbers are part of the trace format and never change their meaning. */
public enum MisuseReason {
	/** No misuse. */
	NONE(0),
	/** A block was freed that was freed before. */
	DOUBLE_FREE(1),
	/** What was freed was never a block of this heap. */
	NOT_A_BLOCK(2),
	/** What was freed lies inside a block. */
	INTERIOR_POINTER(3),
	/** A DVPP block was freed as an ordinary one, or the reverse. */
	WRONG_FAMILY(4),
	/** An AUTO_FREE block was freed after the framework had freed it. */
	AUTO_FREE_DELETER(5),
	/** An AUTO_FREE block was sent again. */
	SENT_TWICE(6),
	/** The message starts inside a block. */
	SENT_FROM_MIDDLE(7),
	/** A block was used after it was freed. */
	USE_AFTER_FREE(8),
	/** A size of zero was asked for. */
	SIZE_ZERO(9),
	/** More was asked for than one block may have. */
	SIZE_TOO_LARGE(10),
	/** The flag is none of the documented ones. */
	BAD_FLAG(11),
	/** A DVPP block was asked for on the host. */
	DVPP_ON_HOST(12),
	/** A message was sent to the other side under a name that is not registered. */
	UNREGISTERED_MESSAGE(13),
	/** The payload of a message is no block. */
	NOT_FROM_POOL(14),
	/** There is no graph, and so no heap yet or no longer. */
	NO_GRAPH(15),
	/** The first graph is being destroyed, which stops the heap of the host for so long. */
	POOL_STOPPED(16),
	/** A message says that it has more bytes than its block. */
	SENT_PAST_END(17);

	private static final MisuseReason[] BY_CODE = values();

	private final int code;

	MisuseReason(int code) {
		this.code = code;
	}

	/** The number in traces; 0 to 0xFFFF. */
	public int code() {
		return code;
	}

	/** The reason with that number; {@link #NONE} for one that this version does not know. */
	public static MisuseReason of(int code) {
		return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : NONE;
	}
}
