// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The driver that was asked for cannot work, so no call of the API can. Its message is one line that says why and what to do, and it
 * prints as that line alone: what is wrong is how the program was launched, not where it called.
 */
public final class NoDriverException extends RuntimeException {
	private static final long serialVersionUID = 1;

	public NoDriverException(String message) {
		super(message);
	}

	@Override
	public void printStackTrace(@Nullable PrintStream out) {
		Objects.requireNonNull(out).println(this);
	}

	@Override
	public void printStackTrace(@Nullable PrintWriter out) {
		Objects.requireNonNull(out).println(this);
	}
}
