// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.engine.Phase;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;

/**
 * Reports an AUTO_FREE block that some path neither tries to send nor frees; AUTO is what an unknown flag most likely
 * is. Stateless.
 */
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
				&& end.block().flag() != Flag.MANUAL && end.phase() == Phase.LIVE
						? Optional.of((end.block().flag() == Flag.AUTO ? "AUTO_FREE " + Rules.named(end) : capital(end))
								+ " is neither sent nor freed " + Rules.where(end.reason()))
						: Optional.empty();
	}

	private static String capital(Moment.End end) {
		return "B" + Rules.named(end).substring(1);
	}
}
