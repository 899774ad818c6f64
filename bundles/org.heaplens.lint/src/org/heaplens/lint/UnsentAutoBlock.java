// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;

/** Reports an AUTO_FREE block that some path neither tries to send nor frees; AUTO is what an unknown flag most likely is. Stateless. */
public final class UnsentAutoBlock implements Rule {
	@Override
	public String id() {
		return "unsent-auto-block";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "An AUTO_FREE block is neither sent nor freed on some path";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.End end && end.block().family().equals(Family.D)
				&& end.block().flag() != Flag.MANUAL && Leaks.live(end)
						? Optional.of(Leaks.message(end, "neither sent nor freed"))
						: Optional.empty();
	}
}
