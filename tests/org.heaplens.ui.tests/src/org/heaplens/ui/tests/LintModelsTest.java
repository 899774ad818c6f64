// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a project says of functions without source holds in the workbench. */
class LintModelsTest {
	private static final String MODEL = """
			[[function]]
			class = "java.io.FileInputStream"
			name = "new"
			allocates = { family = "stream" }
			""";
	private static final String SOURCE = """
			package demo;
			import java.io.*;
			class Reads {
				void opens(File file) throws IOException {
					InputStream in = new FileInputStream(file);
				}
			}
			""";

	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	private static IFile settings(JavaProject project, String text) throws CoreException {
		IFile file = project.project().getFile("heaplens.toml");
		var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
		if (file.exists()) {
			file.setContents(bytes, IResource.KEEP_HISTORY, null);
		} else {
			file.create(bytes, true, null);
		}
		return file;
	}

	@Test
	void aFamilyOfTheProjectIsFollowedAsSoonAsItIsDescribed() throws Exception {
		try (JavaProject project = JavaProject.withoutApi("described")) {
			IFile file = project.write("demo/Reads.java", SOURCE);
			project.build();
			assertEquals(List.of(), JavaProject.lines(file));

			settings(project, MODEL);
			project.build();
			assertEquals(List.of(5), JavaProject.lines(file));
			assertEquals("Stream 'in' is never released on a path that reaches the end: release it before",
					JavaProject.findings(file).getFirst().getAttribute(IMarker.MESSAGE, ""));

			project.project().getFile("heaplens.toml").delete(true, null);
			project.build();
			assertEquals(List.of(), JavaProject.lines(file));
		}
	}

	@Test
	void aMistakeIsMarkedAtItsLineUntilItIsMended() throws Exception {
		try (JavaProject project = JavaProject.withoutApi("mistaken")) {
			IFile file = project.write("demo/Reads.java", SOURCE);
			IFile settings = settings(project, MODEL.replace("allocates", "alocates"));
			project.build();
			IMarker[] markers = project.project().findMarkers("org.heaplens.ui.lint.model", false, IResource.DEPTH_INFINITE);
			assertEquals(1, markers.length);
			assertEquals(settings, markers[0].getResource());
			assertEquals(4, markers[0].getAttribute(IMarker.LINE_NUMBER, 0));
			assertEquals("there is no key alocates in function; did you mean allocates?", markers[0].getAttribute(IMarker.MESSAGE, ""));
			assertEquals(List.of(), JavaProject.lines(file));

			settings(project, MODEL);
			project.build();
			assertEquals(0, project.project().findMarkers("org.heaplens.ui.lint.model", false, IResource.DEPTH_INFINITE).length);
			assertEquals(List.of(5), JavaProject.lines(file));
		}
	}

	@Test
	void aMistakeInANamedFileIsMarkedThere() throws Exception {
		try (JavaProject project = JavaProject.withoutApi("named")) {
			settings(project, "[lint]\nmodels = [\"acme.toml\"]\n");
			IFile acme = project.project().getFile("acme.toml");
			acme.create(new ByteArrayInputStream("\n[[function]]\nnam = 'f'\n".getBytes(StandardCharsets.UTF_8)), true, null);
			project.write("demo/Reads.java", SOURCE);
			project.build();
			IMarker[] markers = project.project().findMarkers("org.heaplens.ui.lint.model", false, IResource.DEPTH_INFINITE);
			assertEquals(1, markers.length);
			assertEquals(acme, markers[0].getResource());
			assertEquals(3, markers[0].getAttribute(IMarker.LINE_NUMBER, 0));
		}
	}
}
