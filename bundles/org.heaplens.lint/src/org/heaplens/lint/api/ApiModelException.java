// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

/** A model that cannot be: one line that says where, what is wrong, and what to do. */
public final class ApiModelException extends Exception {
	private static final long serialVersionUID = 1L;

	ApiModelException(String line) {
		super(line);
	}

	/** The line. */
	public String line() {
		return String.valueOf(getMessage());
	}
}
