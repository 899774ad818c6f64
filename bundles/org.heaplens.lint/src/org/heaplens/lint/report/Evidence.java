// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

/**
 * What a run of the program says about a predicted leak. Immutable.
 *
 * @param allocations blocks that the run made there; 0 if it did not get there
 * @param blocks      of those, how many were left at its end
 * @param bytes       of what was left
 */
public record Evidence(long allocations, long blocks, long bytes) {
	/** What the run says, in one word. */
	public enum Verdict {
		/** Blocks were left. */
		CONFIRMED,
		/** The run was there, and every block was freed: it did not take the path that leaks. */
		FREED,
		/** The run was not there. */
		UNREACHED
	}

	public Verdict verdict() {
		return blocks > 0 ? Verdict.CONFIRMED : allocations > 0 ? Verdict.FREED : Verdict.UNREACHED;
	}
}
