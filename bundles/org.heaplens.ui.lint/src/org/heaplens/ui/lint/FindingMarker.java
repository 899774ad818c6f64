// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint;

/** The marker of a finding: its type and the attributes it has beside those of every problem. Constants only. */
public final class FindingMarker {
	/** The marker type; a Java problem, so that it shows wherever those show. */
	public static final String TYPE = "org.eclipse.jdt.heaplens.finding";
	/** Attribute: the rule's id, e.g. {@code leaked-manual-block}. */
	public static final String RULE = "org.heaplens.rule";
	/** Attribute: what tells the finding from others when lines have moved. */
	public static final String FINGERPRINT = "org.heaplens.fingerprint";
	/** Attribute: the steps that lead to the finding, one numbered line each. */
	public static final String PATH = "org.heaplens.path";
	/** Attribute: the ids of the fixes there may be, separated by spaces; may be empty. */
	public static final String FIXES = "org.heaplens.fixes";

	private FindingMarker() {}
}
