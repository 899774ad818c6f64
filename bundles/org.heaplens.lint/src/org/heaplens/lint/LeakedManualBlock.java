// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Block;
import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;

/** Reports a MANUAL_FREE block, or something else that only its user gives back, that some path leaves unfreed and unowned. Stateless. */
public final class LeakedManualBlock implements Rule {
	@Override
	public String id() {
		return "leaked-manual-block";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A MANUAL_FREE block is neither freed nor handed over on some path";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.End end && concerns(end.block()) && Leaks.live(end)
				? Optional.of(Leaks.message(end, "never " + Words.freed(end.block())))
				: Optional.empty();
	}

	private static boolean concerns(Block block) {
		return block.family().equals(Family.D) ? block.flag() == Flag.MANUAL : !block.family().equals(Family.DVPP);
	}
}
