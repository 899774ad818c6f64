// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.HeapDriver.Caller;

/**
 * Who calls, as far as anybody wants to know: the trace, an observer, or the history of a block. Made before a heap's lock is taken, since
 * walking a stack takes microseconds.
 *
 * @param thread number in the trace
 * @param stack  number in the trace
 * @param engine number in the trace
 * @param caller null if only the trace wants to know
 */
record Call(int thread, int stack, int engine, @Nullable Caller caller) {
	static Call of(Recorder recorder, @Nullable EngineRuntime engine, boolean inFull) {
		return new Call(recorder.thread(), recorder.stack(), recorder.engine(engine),
				inFull ? recorder.who(engine) : recorder.caller(engine));
	}
}
