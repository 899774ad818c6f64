// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** The type-state of the block that is followed. Immutable. */
public enum Phase {
	/** The block does not exist yet. */
	UNTRACKED,
	/** This function must free it, send it or hand it over. */
	LIVE,
	/** An AUTO block that arrived at the other side; the framework has freed it. */
	SENT,
	/** An AUTO block whose last send failed: it is the caller's again. */
	SEND_FAILED,
	/** Somebody else may free it. */
	ESCAPED,
	/** Freed. */
	FREED
}
