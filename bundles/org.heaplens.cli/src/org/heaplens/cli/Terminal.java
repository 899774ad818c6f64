// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

/** What this process writes to; the script that starts it knows. */
final class Terminal {
	/** Whether standard error goes to a terminal. */
	static final boolean ERR = Boolean.getBoolean("heaplens.terminal");
	/** Whether standard output goes to a terminal. */
	static final boolean OUT = Boolean.getBoolean("heaplens.terminal.out");

	private Terminal() {}

	/** Whether standard output takes colours, and the user has not said that he wants none: see no-color.org. */
	static boolean colours() {
		String term = System.getenv().getOrDefault("TERM", "dumb");
		return OUT && !term.equals("dumb") && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
	}
}
