// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.util.Locale;

import org.heaplens.ui.heap.RecordingState;
import org.heaplens.ui.heap.internal.sample.Sample;

/** The line under the maps. */
final class StatusText {
	/** Between the parts, the most important of which comes first. */
	static final String SEPARATOR = "  \u00B7  ";

	static String of(Sample sample, boolean paused) {
		String counts = String.format(Locale.ROOT, "%,d events  \u00B7  %s", sample.events(),
				sample.dropped() == 0 ? "none dropped" : String.format(Locale.ROOT, "%,d dropped", sample.dropped()));
		if (sample.overwritten() > 0) {
			counts += SEPARATOR + String.format(Locale.ROOT, "%,d older ones overwritten", sample.overwritten());
		}
		return switch (sample.state()) {
			case NONE, WAITING -> "";
			case LIVE -> paused
					? "paused  \u00B7  " + counts
					: String.format(Locale.ROOT, "live  \u00B7  %s  \u00B7  %,d ms behind", counts, sample.delayMillis());
			case ENDED -> "ended  \u00B7  " + counts;
			case KILLED -> "killed: this is its last true heap  \u00B7  " + counts;
			case UNREADABLE -> "unreadable from here on: " + sample.problem() + "  \u00B7  " + counts;
		};
	}

	/** The colour of the dot before it, 0xRRGGBB; tells nothing that the text does not tell. */
	static int dot(RecordingState state, boolean paused) {
		return switch (state) {
			case LIVE -> paused ? 0xE69F00 : 0x009E73;
			case NONE, WAITING, ENDED -> 0x8A8F98;
			case KILLED, UNREADABLE -> 0xD55E00;
		};
	}

	private StatusText() {}
}
