// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.List;

import org.heaplens.lint.engine.EndReason;
import org.heaplens.lint.engine.Moment;

/** The rules, and the words they share. */
public final class Rules {
	/** All rules, in the order of their catalogue. */
	public static final List<Rule> ALL = List.of(new LeakedManualBlock(), new UnsentAutoBlock(), new DoubleFree());

	private Rules() {}

	/** How a message names a block. */
	static String named(Moment moment) {
		String name = moment.block().name();
		return name.isEmpty() ? "block" : "block '" + name + "'";
	}

	/** How a message names the end of a path. */
	static String where(EndReason reason) {
		return switch (reason) {
			case RETURN -> "on a path that returns";
			case END -> "on a path that reaches the end";
			case THROW -> "on a path that throws";
			case EXCEPTION -> "when a call throws";
			case OVERWRITTEN -> "before its variable gets another value";
			case SCOPE -> "before its variable goes out of scope";
			case DROPPED -> "and no variable holds it";
		};
	}
}
