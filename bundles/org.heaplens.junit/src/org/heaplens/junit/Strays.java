// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import java.util.List;

import org.heaplens.junit.Report.Limits;
import org.heaplens.runtime.MemoryWatch;

/**
 * What was done on threads that no checked test started, while tests ran in parallel: it belongs to no test, so it fails none, and is said
 * at the end of the run. Threads share it.
 */
final class Strays implements AutoCloseable {
	private static final Limits NONE = new Limits(0, List.of(), List.of(), false);

	private final MemoryWatch watch = MemoryWatch.begin(() -> Scope.anyOpen() && Scope.ofThread() == null);

	@Override
	public void close() {
		watch.close();
		Report.of(watch.leaks(), watch.misuses(), NONE).failure("a thread that no checked test started")
				.ifPresent(failure -> System.err.println("heaplens: " + failure.getMessage()));
	}
}
