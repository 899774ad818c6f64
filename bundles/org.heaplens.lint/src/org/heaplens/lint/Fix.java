// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Comparator;
import java.util.List;

/**
 * A change of the source text that makes a finding go away. Immutable.
 *
 * @param id    the kind of fix, e.g. {@code free-before-exit}
 * @param title what a user reads before applying it
 * @param safe  whether the fixed text was linted again: this finding is gone and no other appeared
 * @param edits ordered by offset, not overlapping; all refer to the text before the fix
 */
public record Fix(String id, String title, boolean safe, List<TextEdit> edits) {
	public Fix {
		edits = edits.stream().sorted(Comparator.comparingInt(TextEdit::offset)).toList();
	}

	/** The text after the fix; {@code source} is the text of the one file the edits are in. */
	public String applyTo(String source) {
		var fixed = new StringBuilder(source);
		for (TextEdit edit : edits.reversed()) {
			fixed.replace(edit.offset(), edit.offset() + edit.length(), edit.replacement());
		}
		return fixed.toString();
	}
}
