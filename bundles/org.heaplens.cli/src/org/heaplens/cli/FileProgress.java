// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

import org.heaplens.cli.text.Units;
import org.heaplens.lint.LintMonitor;

/** Says how many files are done, on a terminal only. Threads may share it. */
final class FileProgress implements LintMonitor {
	private static final long PERIOD_NANOS = 200_000_000;

	private final PrintWriter err;
	private final AtomicLong next = new AtomicLong(System.nanoTime() + PERIOD_NANOS);
	private volatile boolean shown;

	FileProgress(PrintWriter err) {
		this.err = err;
	}

	/** Ctrl+C ends the process, with the exit code that shells know; nothing is written before the analysis has ended. */
	@Override
	public boolean cancelled() {
		return false;
	}

	@Override
	public void at(int done, int all) {
		long due = next.get();
		if (Terminal.ERR && System.nanoTime() - due >= 0 && next.compareAndSet(due, System.nanoTime() + PERIOD_NANOS)) {
			err.print("\r" + Units.count(done) + " of " + Units.count(all, "file") + " ");
			err.flush();
			shown = true;
		}
	}

	/** Removes what was shown. */
	void end() {
		if (shown) {
			err.print("\r" + " ".repeat(40) + "\r");
			err.flush();
			shown = false;
		}
	}
}
