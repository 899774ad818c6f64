// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.heaplens.ui.lint.FindingMarker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user does first with the leaking example: look at its markers, and let them be fixed. */
class ExampleLeaksTest {
	private static final String EXAMPLE = "image-pipeline-leaking";

	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	@Test
	void threeLeaksAreMarkedWhereTheirBlocksAreAllocated() throws Exception {
		try (var example = ExampleProject.imported(EXAMPLE)) {
			var expected = new TreeMap<>(Map.of("Archive.java", line(example, "Archive.java", "HiaiBuffer strip ="), "Camera.java",
					line(example, "Camera.java", "HiaiBuffer pixels ="), "Detector.java",
					line(example, "Detector.java", "HiaiBuffer half =")));
			var marked = new TreeMap<String, Integer>();
			for (IMarker marker : markers(example.project)) {
				marked.put(marker.getResource().getName(), marker.getAttribute(IMarker.LINE_NUMBER, 0));
			}
			assertEquals(expected, marked);
			assertEquals(3, markers(example.project).size());
		}
	}

	@Test
	void correctExampleHasNoMarkerOfAnyKind() throws Exception {
		try (var example = ExampleProject.imported("image-pipeline")) {
			assertEquals(List.of(), Arrays.stream(example.project.findMarkers(IMarker.PROBLEM, true, IResource.DEPTH_INFINITE))
					.map(marker -> marker.getAttribute(IMarker.MESSAGE, "")).toList());
		}
	}

	@Test
	void aFixInTheOpenEditorLetsItsMarkerVanish() throws Exception {
		var page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
		try (var example = ExampleProject.imported(EXAMPLE)) {
			IFile camera = example.source("Camera.java");
			IEditorPart editor = IDE.openEditor(page, camera);
			Pump.untilIdle();
			String before = camera.readString();
			fix(markers(camera).get(0));
			page.saveEditor(editor, false);
			assertEquals(
					before.replace("			progress.skipped();\n			return",
							"			progress.skipped();\n			HiaiMemory.dFree(pixels);\n			return"),
					camera.readString());
			example.project.build(IncrementalProjectBuilder.INCREMENTAL_BUILD, null);
			Pump.until("the marker has gone", () -> markers(camera).isEmpty());
			assertEquals(2, markers(example.project).size());
			page.closeEditor(editor, false);
		}
	}

	@Test
	void fixesOfAllThreeLeaveNoMarkerAndCodeThatCompiles() throws Exception {
		try (var example = ExampleProject.imported(EXAMPLE)) {
			while (!markers(example.project).isEmpty()) {
				fix(markers(example.project).get(0));
				example.project.build(IncrementalProjectBuilder.INCREMENTAL_BUILD, null);
				Pump.untilIdle();
			}
			Pump.until("no problem is left",
					() -> example.project.findMarkers(IMarker.PROBLEM, true, IResource.DEPTH_INFINITE).length == 0);
		}
	}

	private static void fix(IMarker leak) {
		var fixes = IDE.getMarkerHelpRegistry().getResolutions(leak);
		assertEquals(1, fixes.length, leak.getAttribute(IMarker.MESSAGE, "") + (leak.exists() ? "" : ", which is gone"));
		fixes[0].run(leak);
	}

	private static List<IMarker> markers(IResource resource) throws CoreException {
		return List.of(resource.findMarkers(FindingMarker.TYPE, true, IResource.DEPTH_INFINITE));
	}

	private static int line(ExampleProject example, String file, String text) throws CoreException {
		String source = example.source(file).readString();
		return (int) source.substring(0, source.indexOf(text)).lines().count();
	}
}
