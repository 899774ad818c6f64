// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;

/** Reports a block that is freed twice on one path, by the program or by the framework after a send. Stateless. */
public final class DoubleFree implements Rule {
	@Override
	public String id() {
		return "double-free";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A block is freed a second time on some path";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.SecondFree free
				? Optional.of(Words.plain(free.block()) + (free.sent()
						? " is freed after a successful send, when the framework has freed it: free it only where the send fails"
						: " is " + Words.freed(free.block()) + " a second time: remove one of the two"))
				: Optional.empty();
	}
}
