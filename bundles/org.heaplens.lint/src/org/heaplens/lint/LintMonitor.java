// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

/** Watches a run over files, and may end it. Called from all threads of the run. */
public interface LintMonitor {
	/** Sees nothing and lets the run go on. */
	LintMonitor NONE = new LintMonitor() {
		@Override
		public boolean cancelled() {
			return false;
		}

		@Override
		public void at(int done, int all) {
			// Nobody watches.
		}
	};

	/** Asked before each file; true ends the run with what was found so far. */
	boolean cancelled();

	/**
	 * Told after each file of each step: all files are read, those that matter are analysed, those with findings get fixes.
	 *
	 * @param done files of the step that are done; at least 1
	 * @param all  files of the step
	 */
	void at(int done, int all);
}
