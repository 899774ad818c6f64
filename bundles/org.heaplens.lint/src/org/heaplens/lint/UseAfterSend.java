// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;

/** Reports an AUTO_FREE block that is read or written after a successful send. Stateless. */
public final class UseAfterSend implements Rule {
	@Override
	public String id() {
		return "use-after-send";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A block is touched after it was sent, when it is the framework's";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.LateUse use && use.sent()
				? Optional.of(Words.plain(use.block()) + " is " + use.what()
						+ " after a successful send, when the framework has freed it: do so before, or copy what is needed")
				: Optional.empty();
	}
}
