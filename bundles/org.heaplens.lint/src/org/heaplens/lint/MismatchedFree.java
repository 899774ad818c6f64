// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Family;

/** Reports a block of one family that is freed as one of another. Stateless. */
public final class MismatchedFree implements Rule {
	@Override
	public String id() {
		return "mismatched-free";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A block is freed in a way that is meant for others";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return moment instanceof Moment.WrongFree free
				? Optional.of(Words.capital(free.block()) + " is " + Words.freed(free.block()) + " " + as(free.family())
						+ ": use the call that fits it")
				: Optional.empty();
	}

	private static String article(String noun) {
		return "aeiou".indexOf(Character.toLowerCase(noun.charAt(0))) < 0 ? "a " : "an ";
	}

	private static String as(Family family) {
		if (family.equals(Family.D)) {
			return "as if DMalloc had made it";
		}
		return family.equals(Family.DVPP) ? "as if DVPP_DMalloc had made it" : "as if it were " + article(family.name()) + family.name();
	}
}
