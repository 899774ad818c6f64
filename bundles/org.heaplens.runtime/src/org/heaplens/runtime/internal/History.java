// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.MisuseReason;
import org.heaplens.runtime.HeapDriver.Caller;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MisuseException;

/** What happened to a block, in words; kept where a misuse throws. Its heap's lock guards it. */
final class History {
	private final List<String> lines = new ArrayList<>();

	void add(String what, Caller caller) {
		lines.add(what + by(caller));
	}

	private static String by(Caller caller) {
		return (caller.stack().isEmpty() ? "" : " at " + caller.stack().get(0)) + " by thread " + caller.thread();
	}

	/**
	 * The exception for a misuse.
	 *
	 * @param block   the misused one; null if it concerns none
	 * @param size    bytes that were asked for, if it concerns a request
	 * @param history of the block; null if it concerns none
	 */
	static MisuseException exception(MisuseReason reason, HiaiStatus status, @Nullable SimulatedBuffer block, int size, String heap,
			@Nullable Caller caller, @Nullable History history) {
		String subject = block == null ? "on " + heap + ", " : "the " + block.name() + " ";
		String what = subject + words(reason, size) + (caller == null ? "" : "," + by(caller));
		return new MisuseException(reason, status, what, history == null ? List.of() : history.lines);
	}

	private static String words(MisuseReason reason, int size) {
		return switch (reason) {
			case NONE -> "nothing is wrong";
			case DOUBLE_FREE -> "is freed a second time";
			case NOT_A_BLOCK -> "something is freed that is no block";
			case INTERIOR_POINTER -> "is freed from its middle";
			case WRONG_FAMILY -> "is freed with a call that does not fit it";
			case AUTO_FREE_DELETER -> "is freed, which the framework does since it was sent";
			case SENT_TWICE -> "is sent a second time";
			case SENT_FROM_MIDDLE -> "is sent from its middle";
			case USE_AFTER_FREE -> "is used after it was freed";
			case SIZE_ZERO -> "a block of 0 bytes is asked for";
			case SIZE_TOO_LARGE -> "a block of " + Integer.toUnsignedString(size) + " bytes is asked for, more than one may have";
			case BAD_FLAG -> "a block of " + Integer.toUnsignedString(size) + " bytes is asked for with a flag that does not exist";
			case DVPP_ON_HOST -> "a DVPP block is asked for, which only a device has";
			case UNREGISTERED_MESSAGE -> "a message is sent to the other side whose type is not registered";
			case NOT_FROM_POOL -> "a message is sent to the other side whose payload is no block of this heap";
			case NO_GRAPH -> "is used though there is no graph";
			case POOL_STOPPED -> "memory is asked for while the first graph is being destroyed";
			case SENT_PAST_END -> "is sent with more bytes than it has";
		};
	}
}
