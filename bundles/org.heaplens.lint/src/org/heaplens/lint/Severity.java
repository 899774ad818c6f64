// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

/** How bad a finding is. Immutable. */
public enum Severity {
	/** The program loses or corrupts memory on some path. */
	ERROR,
	/** The program may do so, depending on what the analysis cannot see. */
	WARNING,
	/** Worth knowing; nothing is lost. */
	INFO;

	/** The word used in reports: {@code error}, {@code warning} or {@code info}. */
	public String word() {
		return name().toLowerCase(java.util.Locale.ROOT);
	}
}
