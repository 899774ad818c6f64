// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.util.List;
import java.util.Optional;

import org.heaplens.lint.Location;

/**
 * What a recording of the program shows beyond what was predicted. Immutable.
 *
 * @param trace      the recording's file
 * @param left       how blocks are called that are there at its end, e.g. {@code leaked}
 * @param unforeseen where blocks were left that no finding tells of, most bytes first
 */
public record Recorded(String trace, String left, List<Unforeseen> unforeseen) {
	public Recorded {
		unforeseen = List.copyOf(unforeseen);
	}

	/**
	 * A place that left blocks without having been predicted to.
	 *
	 * @param frame   of the program's own code, as text
	 * @param place   the line in a file that was linted; empty if it is in none
	 * @param ignored whether the source asks to ignore what is found there
	 * @param blocks  at least 1
	 * @param bytes   of those
	 */
	public record Unforeseen(String frame, Optional<Location> place, boolean ignored, long blocks, long bytes) {}
}
