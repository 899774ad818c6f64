// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;
import java.util.OptionalLong;

import org.heaplens.lint.engine.Block;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;

/** The words that messages share. */
final class Words {
	private Words() {}

	/** Whether one of the API's heaps has it. */
	static boolean ofHeap(Block block) {
		return block.family().ofHeap();
	}

	/** With its kind, e.g. {@code MANUAL_FREE block 'b'}, as a sentence starts. */
	static String capital(Block block) {
		String kind = block.family().equals(Family.DVPP)
				? "DVPP "
				: block.family().equals(Family.D) ? kind(block.flag()) : "";
		return kind.isEmpty() ? plain(block) : kind + (block.name().isEmpty() ? "block" : "block '" + block.name() + "'");
	}

	private static String kind(Flag flag) {
		return switch (flag) {
			case AUTO -> "AUTO_FREE ";
			case MANUAL -> "MANUAL_FREE ";
			case UNKNOWN -> "";
		};
	}

	/** Without its kind, e.g. {@code Block 'b'}, as a sentence starts. */
	static String plain(Block block) {
		String noun = ofHeap(block) ? "block" : block.family().name();
		return noun.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + noun.substring(1)
				+ (block.name().isEmpty() ? "" : " '" + block.name() + "'");
	}

	/** For one without a name, e.g. {@code the block}. */
	static String noun(Block block) {
		return ofHeap(block) ? "the block" : "the " + block.family().name();
	}

	/** What is to be done with it. */
	static String free(Block block) {
		return ofHeap(block) ? "free" : "release";
	}

	static String freeing(Block block) {
		return ofHeap(block) ? "freeing" : "releasing";
	}

	static String freed(Block block) {
		return ofHeap(block) ? "freed" : "released";
	}

	/** The whole number a constant stands for, however the source writes it. */
	static OptionalLong number(Optional<Constant> constant) {
		if (constant.isEmpty() || !(constant.get() instanceof Constant.Literal(String text)) || text.matches("['\"].*")) {
			return OptionalLong.empty();
		}
		String digits = text.strip().replaceAll("[_']", "").replaceAll("(?<=[0-9a-fA-F])[uUlL]+$", "").replaceAll("[()\\s]", "");
		try {
			boolean binary = digits.regionMatches(true, 0, "0b", 0, 2);
			return OptionalLong.of(binary ? Long.parseLong(digits.substring(2), 2) : Long.decode(digits));
		} catch (NumberFormatException e) {
			return OptionalLong.empty(); // no whole number
		}
	}
}
