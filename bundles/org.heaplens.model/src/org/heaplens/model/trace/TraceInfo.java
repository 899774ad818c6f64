// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a trace comes from.
 *
 * @param version      of the format
 * @param pid          of the process that wrote it
 * @param processStart when that process began, to the second
 * @param begun        when the trace began
 * @param command      what was run
 */
public record TraceInfo(int version, long pid, Instant processStart, Instant begun, String command) {
	/** Clocks of the kernel and of the JVM differ by less than this. */
	private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

	/** Whether the process that wrote the trace still runs. Numbers of processes are used again, so its start has to match too. */
	public boolean writerAlive() {
		return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).flatMap(process -> process.info().startInstant())
				.filter(start -> Duration.between(start, processStart).abs().compareTo(CLOCK_TOLERANCE) < 0).isPresent();
	}
}
