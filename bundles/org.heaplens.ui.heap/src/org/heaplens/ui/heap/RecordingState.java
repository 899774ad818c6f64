// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap;

/** How far the process behind a recording has come. */
public enum RecordingState {
	/** There is no recording to show. */
	NONE,
	/** The process was started and has not used HiAI memory yet. */
	WAITING,
	/** The process runs. */
	LIVE,
	/** The process ended in good order. */
	ENDED,
	/** The process is gone and did not end in good order: what is shown is its last true heap. */
	KILLED,
	/** The trace cannot be read (any further); what was read is shown. */
	UNREADABLE
}
