// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/** What is going on with a block that has not been freed. */
public enum BlockState {
	/** Its owner has it. */
	LIVE,
	/** It is on its way to the other side. */
	SENDING,
	/** It was sent, the other side has a copy, and it still has to be freed by hand. */
	SENT,
	/** It was still there when its process ended. */
	LEAKED
}
