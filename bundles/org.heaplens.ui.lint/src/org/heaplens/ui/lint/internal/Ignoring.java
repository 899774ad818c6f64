// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.List;
import java.util.function.Function;

import org.heaplens.lint.Finding;
import org.heaplens.lint.TextEdit;

/**
 * Puts a comment above a finding that tells the linter to ignore it. Immutable.
 *
 * @param linter      finds what is wrong with a text
 * @param fingerprint of the finding
 */
record Ignoring(Function<String, List<Finding>> linter, String fingerprint) {
	/** The comment as an edit of {@code source}; none if the finding is gone. */
	List<TextEdit> edits(String source) {
		return linter.apply(source).stream().filter(finding -> finding.fingerprint().equals(fingerprint)).limit(1)
				.map(finding -> comment(finding, source)).toList();
	}

	private static TextEdit comment(Finding finding, String source) {
		int line = source.lastIndexOf('\n', finding.location().offset() - 1) + 1;
		int text = line;
		while (text < finding.location().offset() && Character.isWhitespace(source.charAt(text))) {
			text++;
		}
		String delimiter = source.contains("\r\n") ? "\r\n" : "\n";
		return new TextEdit(finding.location().file(), text, 0,
				"// heaplens:ignore " + finding.rule() + " because ..." + delimiter + source.substring(line, text));
	}
}
