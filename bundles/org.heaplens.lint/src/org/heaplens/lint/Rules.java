// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules. */
public final class Rules {
	/** All rules, in the order of their catalogue. */
	public static final List<Rule> ALL = List.of(new LeakedManualBlock(), new UnsentAutoBlock(), new LeakOnSendFailure(),
			new LeakedDvppBlock(), new LostBlock(), new DoubleFree(), new UseAfterFree(), new UseAfterSend(), new SentTwice(),
			new MismatchedFree(), new UncheckedAllocation(), new SizeOutOfRange(), new SizeNotRecommended(), new BadFlag(),
			new UnusedIgnore());

	private Rules() {}

	/** The rule with that id. */
	public static Optional<Rule> of(String id) {
		return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
	}

	/** The id that somebody most likely meant who wrote another one. */
	public static Optional<String> nearest(String id) {
		return ALL.stream().map(Rule::id).filter(each -> distance(each, id) <= Math.max(2, id.length() / 3))
				.min(Comparator.comparingInt((String each) -> distance(each, id)).thenComparing(Comparator.naturalOrder()));
	}

	/** How many chars have to be added, left out or replaced to make one word of the other. */
	private static int distance(String one, String other) {
		int[] above = new int[other.length() + 1];
		Arrays.setAll(above, index -> index);
		for (int row = 1; row <= one.length(); row++) {
			int[] current = new int[above.length];
			current[0] = row;
			for (int column = 1; column < current.length; column++) {
				int replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
				current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
			}
			above = current;
		}
		return above[other.length()];
	}
}
