// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.List;

import org.heaplens.model.MisuseReason;

/**
 * A wrong use of the API, where the setting {@code simulator.strict} makes it fail at once instead of answering a status. Its message
 * tells all: what was done, by whom, to which block, and what happened to that block before.
 */
public final class MisuseException extends IllegalStateException {
	private static final long serialVersionUID = 1;

	private final MisuseReason reason;
	private final HiaiStatus status;
	private final transient List<String> history;

	/**
	 * @param what    in words, with the block
	 * @param status  what the call would have answered
	 * @param history of the block, a line for each thing that happened to it, the oldest first; empty if it concerns none
	 */
	public MisuseException(MisuseReason reason, HiaiStatus status, String what, List<String> history) {
		super(reason + ": " + what + (history.isEmpty() ? "" : "\n\t" + String.join("\n\t", history)));
		this.reason = reason;
		this.status = status;
		this.history = List.copyOf(history);
	}

	public MisuseReason reason() {
		return reason;
	}

	/** What the call would have answered. */
	public HiaiStatus status() {
		return status;
	}

	/** Of the block, a line for each thing that happened to it, the oldest first; empty if it concerns none. */
	public List<String> history() {
		return history;
	}
}
