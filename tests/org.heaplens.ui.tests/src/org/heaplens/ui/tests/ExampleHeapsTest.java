// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.runtime.Adapters;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.jdt.launching.IJavaLaunchConfigurationConstants;
import org.eclipse.ui.PlatformUI;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.HeapTotals;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.ui.heap.HeapLensIds;
import org.heaplens.ui.heap.LiveHeaps;
import org.heaplens.ui.heap.RecordingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExampleHeapsTest {
	private static final String EXAMPLE = "image-pipeline-leaking";

	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	@Test
	void leakingExampleIsFollowedToItsEnd() throws Exception {
		var page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
		LiveHeaps heaps = Adapters.adapt(page.showView(HeapLensIds.HEAPS_VIEW), LiveHeaps.class);
		var example = ExampleProject.imported(EXAMPLE);
		var manager = DebugPlugin.getDefault().getLaunchManager();
		var configuration = manager.getLaunchConfiguration(example.launchFile()).copy("short");
		configuration.setAttribute(IJavaLaunchConfigurationConstants.ATTR_PROGRAM_ARGUMENTS, "--seconds 2");
		var launch = configuration.launch(ILaunchManager.RUN_MODE, null);
		try {
			Pump.until("both heaps hold blocks",
					() -> heaps.snapshots().size() == 2 && heaps.snapshots().stream().allMatch(heap -> heap.blockCount() > 0));
			Pump.until("the end is seen", () -> heaps.state() == RecordingState.ENDED);
			assertEquals(recorded(heaps.recording().orElseThrow().trace().orElseThrow()),
					heaps.snapshots().stream().map(HeapSnapshot::totals).toList());
			assertTrue(heaps.snapshots().stream().anyMatch(heap -> heap.blockCount() > 0), "it leaks");
		} finally {
			launch.terminate();
			Pump.until("the example ends", launch::isTerminated);
			manager.removeLaunch(launch);
			page.hideView(page.findView(HeapLensIds.HEAPS_VIEW));
			example.close();
		}
	}

	/** The totals that a reader of its own finds in the trace. */
	private static List<HeapTotals> recorded(Path trace) throws IOException {
		var state = new HeapState();
		try (var reader = TraceReader.open(trace)) {
			while (reader.poll(state, 100_000) > 0) {
				// the next ones
			}
		}
		return state.snapshots().stream().map(HeapSnapshot::totals).toList();
	}
}
