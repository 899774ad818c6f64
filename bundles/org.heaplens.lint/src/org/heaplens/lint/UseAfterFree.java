// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;

/** Reports a block that is read, written or sent after the program has freed it. Stateless. */
public final class UseAfterFree implements Rule {
	@Override
	public String id() {
		return "use-after-free";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A block is read, written or sent after it was freed";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.LateUse use && !use.sent()
				? Optional.of(Words.plain(use.block()) + " is " + use.what() + " after it was " + Words.freed(use.block())
						+ ": do so before, or copy what is needed")
				: Optional.empty();
	}
}
