// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.engine.Moment;

/** Something that is wrong whenever it happens to a block. Stateless. */
public interface Rule {
	/** In kebab-case; also the name of its page. */
	String id();

	Severity severity();

	/** What the rule reports, in one sentence. */
	String summary();

	/** The message of a finding, if the rule objects to the moment; it names the block and the reason. */
	Optional<String> judge(Moment moment);

	/**
	 * Ids of the rules which, where they object to the same allocation, say all there is to say: their findings take what this
	 * rule objects to with them.
	 */
	default Set<String> partOf() {
		return Set.of();
	}
}
