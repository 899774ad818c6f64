// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

import java.io.IOException;
import java.util.List;

/**
 * What a recording is held to.
 *
 * @see Rules
 */
@FunctionalInterface
public interface Rule {
	/** One verdict, or one for each heap. */
	List<Verdict> check(Recording recording, TraceStatistics statistics) throws IOException;

	/**
	 * Whether a rule holds.
	 *
	 * @param rule    the rule's name, with the heap's where it is about one heap
	 * @param holds   whether it does
	 * @param figures what there is and what is allowed, and the worst sites if it does not hold; one line
	 */
	record Verdict(String rule, boolean holds, String figures) {}
}
