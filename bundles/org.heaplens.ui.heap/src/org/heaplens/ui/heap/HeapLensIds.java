// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap;

/** The ids under which this bundle contributes to the workbench. */
public final class HeapLensIds {
	public static final String PERSPECTIVE = "org.heaplens.ui.heap.perspective";
	public static final String HEAPS_VIEW = "org.heaplens.ui.heap.heapsView";
	/** The launch configuration type "HiAI Application (simulated)". */
	public static final String LAUNCH_TYPE = "org.heaplens.ui.heap.hiaiApplication";
	/** Attribute of a launch: the folder into which its process records. */
	public static final String TRACE_FOLDER = "org.heaplens.ui.heap.traceFolder";
	/** Attribute of a launch configuration: capacity of the host heap in MiB, as text; empty for the simulator's default. */
	public static final String HOST_CAPACITY = "org.heaplens.ui.heap.hostCapacityMebibytes";
	/** Attribute of a launch configuration: capacity of a device's heap in MiB, as text; empty for the simulator's default. */
	public static final String DEVICE_CAPACITY = "org.heaplens.ui.heap.deviceCapacityMebibytes";
	/** The class path container "HiAI Runtime (simulated)". */
	public static final String RUNTIME_CONTAINER = "org.heaplens.ui.heap.RUNTIME";

	private HeapLensIds() {}
}
