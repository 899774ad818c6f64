// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

/** Why a command could not do its work: one line that says what is wrong, where, and what to do. */
final class CannotRun extends RuntimeException {
	private static final long serialVersionUID = 1L;

	CannotRun(String line) {
		super(line);
	}

	CannotRun(String line, Exception cause) {
		super(line, cause);
	}
}
