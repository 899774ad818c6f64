// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import org.heaplens.lint.flow.HeapOp;

/**
 * The first thing a function does with a block of its caller for which the block has to be there: a defect of the caller
 * if it is not. Immutable.
 *
 * @param operation a free, use or send, in the function or in one it calls
 * @param way       what must be so of arguments for it to come to that, and the steps that lead there
 */
record Touch(HeapOp operation, Effect way) {
	/** Without what tells ways apart that come to the same. */
	Touch key() {
		return new Touch(operation, way.key());
	}
}
