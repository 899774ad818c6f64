// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;

/** Reports a request with NONE, MAX, or a value that is no flag. Stateless. */
public final class BadFlag implements Rule {
	@Override
	public String id() {
		return "bad-flag";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A block is asked for with a flag that says nothing about who frees it";
	}

	/** As the headers of the API, of several years, spell them. */
	private static final Set<String> NO_FLAGS = Set.of("NONE", "MEMORY_ATTR_NONE", "HIAI_MEMORY_ATTR_NONE", "MAX",
			"MEMORY_ATTR_MAX", "HIAI_MEMORY_ATTR_MAX", "IAI_MEMORY_ATTR_MAX");
	/** Huge pages (of the first generation), AUTO, MANUAL, and one for a range of addresses. */
	private static final Set<Long> FLAGS = Set.of(1L, 2L, 4L, 0x200L);

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.Request request && request.block().family().equals(Family.D)
				? request.flag().flatMap(BadFlag::named).map(flag -> Words.plain(request.block()) + " is asked for with "
						+ flag + ", which does not say who frees it: use AUTO_FREE or MANUAL_FREE")
				: Optional.empty();
	}

	/** What the constant is called if it is no flag. */
	private static Optional<String> named(Constant constant) {
		return switch (constant) {
			case Constant.Symbol(String name) -> Optional.of(name).filter(NO_FLAGS::contains);
			case Constant.Literal literal -> {
				OptionalLong value = Words.number(Optional.of(literal));
				yield value.isPresent() && !FLAGS.contains(value.getAsLong())
						? Optional.of("the flag " + value.getAsLong())
						: Optional.empty();
			}
			case Constant.Null none -> Optional.of("null");
			case Constant.Truth truth -> Optional.empty();
		};
	}
}
