// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.nio.file.Path;

/** A file is no trace, or a damaged one. The message is one line with the file, the place and what is wrong there. */
public final class TraceFormatException extends IOException {
	private static final long serialVersionUID = 1L;

	TraceFormatException(Path file, long offset, String problem) {
		super(file + ": " + problem + " (at byte " + offset + ")");
	}
}
