// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.List;
import java.util.Optional;

import org.heaplens.lint.engine.Moment;

/** Reports a request to ignore a rule where that rule reports nothing. The front ends find those; no path is involved. Stateless. */
public final class UnusedIgnore implements Rule {
	/** Its id. */
	public static final String ID = "unused-ignore";

	@Override
	public String id() {
		return ID;
	}

	@Override
	public Severity severity() {
		return Severity.INFO;
	}

	@Override
	public String summary() {
		return "A request to ignore a rule matches no finding";
	}

	@Override
	public Optional<String> judge(Moment moment) {
		return Optional.empty();
	}

	/**
	 * @param ignored the rule that is asked to be ignored
	 * @param text    of the request, as it stands in the source
	 * @param ordinal 1 for the first request of that text in the file, 2 for the next
	 */
	public static Finding finding(String ignored, Location location, String text, int ordinal, List<Fix> fixes) {
		String message = Rules.ALL.stream().anyMatch(rule -> rule.id().equals(ignored))
				? "Nothing of '" + ignored + "' is found here that could be ignored"
				: "There is no rule '" + ignored + "' that could be ignored"
						+ Rules.nearest(ignored).map(near -> "; did you mean '" + near + "'?").orElse("");
		return new Finding(ID, Severity.INFO, message, location, List.of(new Step(location, "asked for here")), fixes,
				Fingerprints.digest(String.join("\n", ID, ignored, text) + "\n" + ordinal));
	}
}
