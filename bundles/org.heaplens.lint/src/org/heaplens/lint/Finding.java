// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Comparator;
import java.util.List;

/**
 * One thing that is wrong with the use of a block, with the path that shows it. Immutable.
 *
 * @param rule        id of the rule, e.g. {@code leaked-manual-block}
 * @param severity    how bad it is
 * @param message     one sentence that names the block and the reason
 * @param location    the allocation for leaks, the second free for a double free
 * @param path        from the allocation to the defect, in the order of execution
 * @param fixes       what makes the finding go away; may be empty
 * @param fingerprint identifies the finding in later runs; stays the same when unrelated lines move
 */
public record Finding(String rule, Severity severity, String message, Location location, List<Step> path,
		List<Fix> fixes, String fingerprint) {
	/** Source order; findings of one place are ordered by rule. */
	public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::location)
			.thenComparing(Finding::rule).thenComparing(Finding::fingerprint);

	public Finding {
		path = List.copyOf(path);
		fixes = List.copyOf(fixes);
	}

	/** The 1-based line of the finding. */
	public int line() {
		return location.line();
	}

	/** The same finding with other fixes. */
	public Finding withFixes(List<Fix> other) {
		return new Finding(rule, severity, message, location, path, other, fingerprint);
	}
}
