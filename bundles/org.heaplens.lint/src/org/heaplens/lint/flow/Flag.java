// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/** Who frees a block after it was sent. Immutable. */
public enum Flag {
	/** The framework, once the block has arrived at the other side. */
	AUTO,
	/** Always the caller. */
	MANUAL,
	/** The source does not tell. */
	UNKNOWN
}
