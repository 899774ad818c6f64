// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.flow.Constant;

/** What is known of the value of a variable. Immutable. */
sealed interface Fact {
	/** More inequalities than this are forgotten; they would only cost time. */
	int MOST_EXCLUDED = 8;

	/** The value is this constant. */
	record Is(Constant constant) implements Fact {}

	/** The value is none of these. */
	record IsNot(Set<Constant> constants) implements Fact {
		public IsNot {
			constants = Set.copyOf(constants);
		}
	}

	/** What is known once the value turned out to equal the constant, or not to; empty if that cannot be. */
	static Optional<Fact> narrow(Optional<Fact> known, Constant constant, boolean equal) {
		if (known.isPresent()) {
			switch (known.get()) {
				case Is(Constant value) -> {
					return value.equals(constant) == equal || !comparable(value, constant) ? known : Optional.empty();
				}
				case IsNot(Set<Constant> excluded) -> {
					if (excluded.contains(constant)) {
						return equal ? Optional.empty() : known;
					}
				}
			}
		}
		return Optional.of(equal ? new Is(constant) : excluding(known, constant));
	}

	/** Whether two different constants are surely different values: a name may stand for any number. */
	private static boolean comparable(Constant one, Constant other) {
		return one.equals(other) || one.getClass() == other.getClass() || one instanceof Constant.Null
				|| other instanceof Constant.Null;
	}

	private static Fact excluding(Optional<Fact> known, Constant constant) {
		if (constant instanceof Constant.Truth(boolean value)) {
			return new Is(new Constant.Truth(!value));
		}
		var excluded = new HashSet<Constant>();
		if (known.isPresent() && known.get() instanceof IsNot(Set<Constant> before) && before.size() < MOST_EXCLUDED) {
			excluded.addAll(before);
		}
		excluded.add(constant);
		return new IsNot(excluded);
	}
}
