// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** Why nobody in the function can reach a block any more. Immutable. */
public enum EndReason {
	/** The function returns. */
	RETURN,
	/** The function ends. */
	END,
	/** The function throws. */
	THROW,
	/** A call throws, and the function does not catch it. */
	EXCEPTION,
	/** The last variable that held the block got another value. */
	OVERWRITTEN,
	/** The last variable that held the block ceased to exist. */
	SCOPE,
	/** No variable ever held the block. */
	DROPPED,
	/** The block is kept in a field that nobody frees. */
	FIELD
}
