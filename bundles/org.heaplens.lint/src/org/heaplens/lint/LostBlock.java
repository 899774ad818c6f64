// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.engine.EndReason;
import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.engine.Phase;

/** Reports a block whose last variable gets another value or ends with each round of a loop, while the block is still allocated. Stateless. */
public final class LostBlock implements Rule {
	@Override
	public String id() {
		return "lost-block";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "The last variable that holds a block gets another value, or ends with a round of a loop";
	}

	/** An allocation that is left unfreed at an exit, too, is a leak as any other. */
	@Override
	public Set<String> partOf() {
		return Set.of("leaked-manual-block", "leaked-dvpp-block", "unsent-auto-block");
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.End end && end.phase() == Phase.LIVE && Leaks.lost(end)
				? Optional.of(Words.capital(end.block()) + (end.reason() == EndReason.OVERWRITTEN
						? " is lost where its variable gets another value: "
						: " is lost at the end of a round of the loop: ") + Words.free(end.block()) + " it before")
				: Optional.empty();
	}
}
