// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;

/** Reports a block that is used where nobody has looked whether there is one. Stateless. */
public final class UncheckedAllocation implements Rule {
	@Override
	public String id() {
		return "unchecked-allocation";
	}

	@Override
	public Severity severity() {
		return Severity.WARNING;
	}

	@Override
	public String summary() {
		return "A block is used although the allocation may have given none";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.UncheckedUse use
				? Optional.of(Words.plain(use.block()) + " is " + use.what()
						+ " although there may be none: look at the result of the allocation first")
				: Optional.empty();
	}
}
