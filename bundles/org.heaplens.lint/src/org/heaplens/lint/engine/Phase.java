// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** The type-state of the block that is followed. Immutable. */
public enum Phase {
	/** The block does not exist yet. */
	UNTRACKED,
	/** The allocation gave null, and nobody has looked yet. */
	ABSENT,
	/** This function must free it, send it or hand it over. */
	LIVE,
	/** The caller has it, and may free it. */
	GIVEN,
	/** An AUTO block that arrived at the other side; the framework has freed it. */
	SENT,
	/** An AUTO block whose last send failed: it is the caller's again. */
	SEND_FAILED,
	/** Somebody else may free it. */
	ESCAPED,
	/** Freed. */
	FREED,
	/** Freed by closing it: to do so again does nothing. */
	CLOSED;

	/** Whether somebody in sight still has to do something about the block. */
	boolean due() {
		return this == LIVE || this == SEND_FAILED;
	}

	boolean gone() {
		return this == FREED || this == CLOSED || this == SENT;
	}

	/** Whether there is a block to follow. */
	boolean tracked() {
		return this != UNTRACKED && this != ABSENT;
	}
}
