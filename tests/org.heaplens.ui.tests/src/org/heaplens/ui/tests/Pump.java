// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;

/** Waits in the UI thread while its events go on. Functions only. */
final class Pump {
	private static final Duration LIMIT = Duration.ofSeconds(60);
	private static final int LOOK_AGAIN_MILLIS = 20;

	private Pump() {}

	/** Handles events until the condition holds; fails the test if it does not within a minute. */
	static void until(String claim, Callable<Boolean> condition) throws Exception {
		Display display = Display.getCurrent();
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!condition.call()) {
			if (System.nanoTime() > end) {
				fail("not within " + LIMIT.toSeconds() + " s: " + claim);
			}
			if (!display.readAndDispatch()) {
				display.timerExec(LOOK_AGAIN_MILLIS, () -> {});
				display.sleep();
			}
		}
	}

	/**
	 * Handles events until no job runs or waits. Importing a project sets off builds of its own, which make markers anew; and what still
	 * reads a project when it is deleted logs that it has gone.
	 */
	static void untilIdle() throws Exception {
		until("no job runs", () -> Job.getJobManager().isIdle());
		events();
	}

	/** Handles the events that are waiting. */
	static void events() {
		while (Display.getCurrent().readAndDispatch()) {
			// the next one
		}
	}
}
