// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import org.heaplens.lint.engine.EndReason;
import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.engine.Phase;

/** What the rules about leaks share. */
final class Leaks {
	private Leaks() {}

	/** Whether somebody should have done something about the block, and it is not lost, which is another rule's. */
	static boolean live(Moment.End end) {
		return end.phase() == Phase.LIVE && !lost(end);
	}

	/** Whether the block was within reach, and then not any more, while the function went on. */
	static boolean lost(Moment.End end) {
		return end.reason() == EndReason.OVERWRITTEN || end.reason() == EndReason.SCOPE && end.again();
	}

	/**
	 * @param missing what nobody does, e.g. {@code never freed}
	 */
	static String message(Moment.End end, String missing) {
		return Words.capital(end.block()) + " is " + missing + where(end) + ": " + advice(end);
	}

	private static String where(Moment.End end) {
		return switch (end.reason()) {
			case RETURN -> " on a path that returns";
			case END -> " on a path that reaches the end";
			case THROW -> " on a path that throws";
			case EXCEPTION -> " when a call throws";
			case OVERWRITTEN -> " before its variable gets another value";
			case SCOPE -> " before its variable goes out of scope";
			case DROPPED -> ", and no variable holds it";
			case FIELD -> ", though it is kept"
					+ end.field().map(field -> " in '" + field.name() + "'").orElse("");
		};
	}

	private static String advice(Moment.End end) {
		String free = Words.free(end.block());
		return switch (end.reason()) {
			case RETURN, END, THROW -> free + " it before";
			case EXCEPTION -> end.block().family().ofHeap() ? "give it an owner that does" : free + " it then, too";
			case OVERWRITTEN, SCOPE -> free + " it before";
			case DROPPED -> "keep it and " + free + " it";
			case FIELD -> free + " it where its owner is closed";
		};
	}
}
