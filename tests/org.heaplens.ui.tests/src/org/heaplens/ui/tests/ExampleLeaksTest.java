// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.heaplens.cli.Main;
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
	void theCommandLineFindsTheSame() throws Exception {
		try (var example = ExampleProject.imported(EXAMPLE)) {
			var marked = new TreeSet<String>();
			for (IMarker marker : markers(example.project)) {
				int start = marker.getAttribute(IMarker.CHAR_START, -1);
				marked.add(String.join("|", marker.getAttribute(FindingMarker.RULE, ""), word(marker.getAttribute(IMarker.SEVERITY, -1)),
						marker.getAttribute(IMarker.MESSAGE, ""), marker.getResource().getProjectRelativePath().toString(),
						String.valueOf(marker.getAttribute(IMarker.LINE_NUMBER, 0)), String.valueOf(start),
						String.valueOf(marker.getAttribute(IMarker.CHAR_END, -1) - start),
						marker.getAttribute(FindingMarker.FINGERPRINT, "")));
			}
			var out = new StringWriter();
			String folder = example.project.getLocation().toString();
			assertEquals(1, Main.execute(new String[]{"lint", folder, "--base", folder, "--format", "jsonl"}, new PrintWriter(out, true),
					new PrintWriter(new StringWriter())));
			Pattern line = Pattern
					.compile("\\{\"rule\":\"([^\"]*)\",\"severity\":\"([^\"]*)\",\"message\":\"([^\"]*)\",\"file\":\"([^\"]*)\""
							+ ",\"line\":(\\d+),\"column\":\\d+,\"offset\":(\\d+),\"length\":(\\d+),\"fingerprint\":\"([^\"]*)\".*");
			var found = new TreeSet<String>();
			out.toString().lines().forEach(each -> found.add(line.matcher(each).replaceFirst("$1|$2|$3|$4|$5|$6|$7|$8")));
			assertEquals(found, marked);
			assertEquals(3, marked.size());
		}
	}

	private static String word(int severity) {
		return switch (severity) {
			case IMarker.SEVERITY_ERROR -> "error";
			case IMarker.SEVERITY_WARNING -> "warning";
			default -> "info";
		};
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
