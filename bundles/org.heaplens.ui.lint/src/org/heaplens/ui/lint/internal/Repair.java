// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.TextEdit;

/**
 * Applies one kind of fix to some findings of a text. Immutable.
 *
 * @param linter finds what is wrong with a text
 * @param wanted the findings to repair
 * @param fix    the id of the fix to use
 * @param most   how many findings to repair at most
 */
record Repair(Function<String, List<Finding>> linter, Predicate<Finding> wanted, String fix, int most) {
	/** Of one finding. */
	static Repair of(Function<String, List<Finding>> linter, String fingerprint, String fix) {
		return of(linter, Set.of(fingerprint), fix);
	}

	/** Of some findings. */
	static Repair of(Function<String, List<Finding>> linter, Set<String> fingerprints, String fix) {
		return new Repair(linter, finding -> fingerprints.contains(finding.fingerprint()), fix, fingerprints.size());
	}

	/** Of all findings of a rule; the limit ends a repair whose fixes bring forth new findings. */
	static Repair ofAll(Function<String, List<Finding>> linter, String rule, String fix) {
		return new Repair(linter, finding -> finding.rule().equals(rule), fix, 200);
	}

	/**
	 * The edits that repair {@code source}, ordered and not overlapping; empty if there is nothing to repair. Fixes that
	 * touch each other are applied one after the other, with a look by the linter in between: each was verified on a
	 * text without the others.
	 */
	List<TextEdit> edits(String source) {
		List<Fix> fixes = apart(source, most);
		List<TextEdit> first = join(fixes).edits();
		String once = join(fixes).applyTo(source);
		String text = once;
		int left = most - fixes.size();
		while (!fixes.isEmpty() && left > 0) {
			fixes = apart(text, left);
			text = join(fixes).applyTo(text);
			left -= fixes.size();
		}
		return text.equals(once) ? first : List.of(difference(source, text));
	}

	/** At most {@code limit} fixes of the text that keep apart. */
	private List<Fix> apart(String text, int limit) {
		var fixes = new ArrayList<Fix>();
		for (Finding finding : linter.apply(text)) {
			Optional<Fix> own = wanted.test(finding) ? choose(finding) : Optional.empty();
			if (fixes.size() < limit && own.isPresent() && fixes.stream().noneMatch(other -> touch(other, own.get()))) {
				fixes.add(own.get());
			}
		}
		return fixes;
	}

	private Optional<Fix> choose(Finding finding) {
		return finding.fixes().stream().filter(each -> each.id().equals(fix) && !each.edits().isEmpty()).findFirst();
	}

	/** Whether the ranges from the first to the last edit meet. */
	private static boolean touch(Fix one, Fix other) {
		return one.edits().getFirst().offset() <= end(other) && other.edits().getFirst().offset() <= end(one);
	}

	private static int end(Fix fix) {
		TextEdit last = fix.edits().getLast();
		return last.offset() + last.length();
	}

	private Fix join(List<Fix> fixes) {
		return new Fix(fix, fix, false, fixes.stream().flatMap(each -> each.edits().stream()).toList());
	}

	/** The one replacement that makes {@code after} of {@code before}, as short as possible. */
	private static TextEdit difference(String before, String after) {
		int shorter = Math.min(before.length(), after.length());
		int start = 0;
		while (start < shorter && before.charAt(start) == after.charAt(start)) {
			start++;
		}
		int tail = 0;
		while (tail < shorter - start
				&& before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
			tail++;
		}
		return new TextEdit("", start, before.length() - start - tail, after.substring(start, after.length() - tail));
	}
}
