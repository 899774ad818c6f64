// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Family;

/** Reports a DVPP block that some path leaves unfreed and unowned; a send does not free it. Stateless. */
public final class LeakedDvppBlock implements Rule {
	@Override
	public String id() {
		return "leaked-dvpp-block";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A DVPP block is neither freed nor handed over on some path, sent or not";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.End end && end.block().family().equals(Family.DVPP) && Leaks.live(end)
				? Optional.of(Leaks.message(end, "never freed"))
				: Optional.empty();
	}
}
