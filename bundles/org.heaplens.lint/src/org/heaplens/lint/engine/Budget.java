// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** How much may be spent on one function before what is left is given up. Confined to one thread. */
final class Budget {
	/** Operations applied to states; a function of usual size takes thousands. */
	private static final int MOST_OPERATIONS = 400_000;

	private int left = MOST_OPERATIONS;

	boolean spend() {
		return left > 0 && left-- > 0;
	}
}
