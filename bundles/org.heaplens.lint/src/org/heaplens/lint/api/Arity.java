// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

/**
 * How many arguments calls of a function have. Immutable.
 *
 * @param least never negative
 * @param most  at least {@code least}
 */
public record Arity(int least, int most) {
	/** However many. */
	public static final Arity ANY = new Arity(0, Integer.MAX_VALUE);

	public Arity {
		if (least < 0 || most < least) {
			throw new IllegalArgumentException("no such arity: least=" + least + ", most=" + most);
		}
	}

	/** Whether a call may have so many arguments. */
	public boolean allows(int arguments) {
		return arguments >= least && arguments <= most;
	}

	@Override
	public String toString() {
		if (equals(ANY)) {
			return "*";
		}
		return least == most ? String.valueOf(least) : least + "-" + most;
	}
}
