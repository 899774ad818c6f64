// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.PrintWriter;

import org.heaplens.cli.text.Units;

/** Says how far a long command is, on a terminal only; the script that starts this knows whether there is one. */
final class Progress {
	private static final long PERIOD_NANOS = 200_000_000;
	private static final int EVENTS_PER_LOOK = 1 << 12;

	private final PrintWriter err;
	private long next = System.nanoTime() + PERIOD_NANOS;
	private boolean shown;

	Progress(PrintWriter err) {
		this.err = err;
	}

	void at(long events) {
		if (Terminal.ERR && events % EVENTS_PER_LOOK == 0 && System.nanoTime() - next >= 0) {
			err.print("\r" + Units.count(events) + " events ");
			err.flush();
			next = System.nanoTime() + PERIOD_NANOS;
			shown = true;
		}
	}

	/** Removes what was shown. */
	void end() {
		if (shown) {
			err.print("\r" + " ".repeat(40) + "\r");
			err.flush();
		}
	}
}
