// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/** How control leaves a function. Immutable. */
public enum ExitKind {
	/** By a return statement. */
	RETURN,
	/** By reaching the end of the body. */
	END,
	/** By a throw statement. */
	THROW,
	/** By an exception that a called function throws. */
	EXCEPTION
}
