// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

/** A {@code graph.config} that cannot be: one line with file, line, column, what is wrong, and what to do. */
public final class GraphFormatException extends IllegalArgumentException {
	private static final long serialVersionUID = 1L;

	/**
	 * @param line   1 for the first
	 * @param column 1 for the first
	 */
	GraphFormatException(String file, int line, int column, String problem) {
		super(file + ":" + line + ":" + column + ": " + problem);
	}

	/** The answer of the C++ API. */
	public HiaiStatus status() {
		return HiaiStatus.GRAPH_PROTO_FILE_PARSE_FAILED;
	}
}
