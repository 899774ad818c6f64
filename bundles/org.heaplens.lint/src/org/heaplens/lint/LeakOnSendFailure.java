// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.engine.Phase;

/** Reports an AUTO_FREE block whose send failed, or whose status nobody looks at, and that is not freed then: it is the caller's again. Stateless. */
public final class LeakOnSendFailure implements Rule {
	@Override
	public String id() {
		return "leak-on-send-failure";
	}

	@Override
	public Severity severity() {
		return Severity.WARNING;
	}

	@Override
	public String summary() {
		return "An AUTO_FREE block is not freed where its send fails";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.End end && end.phase() == Phase.SEND_FAILED
				? Optional.of(Words.capital(end.block())
						+ " is not freed where its send fails: look at the status and free it there")
				: Optional.empty();
	}
}
