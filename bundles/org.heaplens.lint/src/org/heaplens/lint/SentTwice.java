// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;

/** Reports an AUTO_FREE block that is sent again although its send did not fail. Stateless. */
public final class SentTwice implements Rule {
	@Override
	public String id() {
		return "sent-twice";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "An AUTO_FREE block is sent again after a successful send";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.SecondSend send
				? Optional.of(Words.capital(send.block())
						+ " is sent again after a successful send, when the framework has freed it: allocate one for each receiver")
				: Optional.empty();
	}
}
