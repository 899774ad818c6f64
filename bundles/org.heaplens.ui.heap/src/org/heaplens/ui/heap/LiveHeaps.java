// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.heaplens.model.HeapSnapshot;

/** What the <em>Heaps</em> view shows; the view adapts to it. For the UI thread. */
public interface LiveHeaps {
	/** What is followed, if anything is. */
	Optional<Recording> recording();

	RecordingState state();

	/** The heaps as they are shown, in the order of their numbers. */
	List<HeapSnapshot> snapshots();

	/** Events read so far. */
	long events();

	/** The line under the maps, as the user reads it. */
	String status();

	/** Follows that recording from now on. */
	void show(Recording recording);

	/** Shows what was recorded last in a folder, and from now on each recording that begins there, of whatever program. */
	void follow(Path folder);

	/** The folder that is followed, if one is. */
	Optional<Path> followed();

	/** Points at the block over that byte, as the mouse would. */
	void pointAt(int heap, long offset);

	/** Opens the editor at the place that allocated the block over that byte, as a double-click would. Does not wait for it. */
	void openSource(int heap, long offset);
}
