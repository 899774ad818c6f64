// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal;

/** What this bundle says to users, apart from its contributions, which speak through plugin.properties. */
public final class Messages {
	public static final String RUNTIME_CONTAINER = "HiAI Runtime (simulated)";
	public static final String RUNTIME_CONTAINER_PURPOSE = "Compile and run this project against the HiAI API for Java.";
	public static final String RUNTIME_CONTAINER_DETAIL = "Adds the HiAI API for Java and its simulator, as installed with HeapLens.";
	public static final String CAPACITIES = "Capacity of the simulated heaps";
	public static final String DEFAULT_CAPACITY = "default";

	public static final String EMPTY_TITLE = "No heaps to show yet";
	public static final String EMPTY_DETAIL = "Right-click a Java class with a main method and choose\n"
			+ "Run As \u203A HiAI Application (simulated),\nor open a recording, or the folder that a program records into,\nfrom the toolbar of this view.";
	public static final String WAITING_TITLE = "Waiting for the program's first HiAI call\u2026";
	public static final String WAITING_DETAIL = "Its heaps appear here as soon as it allocates a block or creates a graph.";
	public static final String UNUSED_TITLE = "The program ended without using HiAI memory";
	public static final String UNUSED_DETAIL = "It neither allocated a block nor created a graph, so there is nothing to show.";

	public static final String OPEN = "Open a recording\u2026";
	public static final String FOLLOW = "Follow a folder\u2026";
	public static final String FOLLOW_DETAIL = "The heaps of each program that records into this folder are shown as soon as it begins,\n"
			+ "such as of those that heaplens run starts (HEAPLENS_TRACE, usually heaplens-traces).";
	public static final String LEAVE_FOLDER = "Follow no longer ";
	public static final String PAUSE = "Pause";
	public static final String PAUSE_HINT = "Hold the picture; the program runs on";
	public static final String RECORDINGS = "Choose a recording";
	public static final String NO_RECORDINGS = "No recordings yet";
	public static final String RUNNING = "running: ";
	public static final String SEARCHING = "Looking for the source\u2026";
	public static final String NO_SOURCE = "No source in this workspace for ";
	public static final String SOURCE_OF = "Opened the source of project ";
	public static final String SOURCE_ALSO_IN = "; the same class is also in ";
	public static final String NO_ORIGIN = "The trace does not tell where this block was allocated";

	private Messages() {}
}
