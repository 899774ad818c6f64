// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** What a variable has to do with the block that is followed. Immutable. */
enum Link {
	/** It is the block. */
	DIRECT,
	/** It is an object that holds the block. */
	HOLDS,
	/** It may be the block, or may hold it. */
	DERIVED
}
