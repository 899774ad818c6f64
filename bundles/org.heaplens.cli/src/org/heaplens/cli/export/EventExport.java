// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.IOException;

import org.heaplens.model.HeapEvent;

/** Writes events in some format, one by one, in the order of time. One thread at a time. */
public interface EventExport {
	/**
	 * Takes the next event.
	 *
	 * @param selected whether it is to be written; if not it only brings the heaps forward
	 */
	void add(HeapEvent event, boolean selected) throws IOException;

	/** Writes what is left; nothing comes after. Does not close the stream. */
	void finish() throws IOException;

	/** What a user should know about what was left out; empty if nothing was. */
	default String omitted() {
		return "";
	}
}
