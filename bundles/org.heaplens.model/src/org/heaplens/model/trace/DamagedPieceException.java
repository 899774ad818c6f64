// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;

/** A finished piece holds what its writer cannot have written. The message says what; who reads the file knows where. */
final class DamagedPieceException extends IOException {
	private static final long serialVersionUID = 1L;

	DamagedPieceException(String problem) {
		super(problem);
	}
}
