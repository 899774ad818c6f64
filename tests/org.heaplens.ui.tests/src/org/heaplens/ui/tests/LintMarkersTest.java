// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.jdt.core.JavaCore;
import org.heaplens.ui.lint.FindingMarker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LintMarkersTest {
	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	@Test
	void aBuildMarksTheAllocationsThatLeak() throws Exception {
		try (JavaProject project = JavaProject.withApi("leaks")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();

			assertEquals(Sources.LEAKING_LINES, JavaProject.lines(file));
			IMarker marker = JavaProject.findings(file).getFirst();
			assertEquals(IMarker.SEVERITY_ERROR, marker.getAttribute(IMarker.SEVERITY, -1));
			assertEquals("leaked-manual-block", marker.getAttribute(FindingMarker.RULE, ""));
			assertTrue(marker.getAttribute(FindingMarker.PATH, "").startsWith("  1. line " + Sources.LEAKING_LINES.getFirst()));
			assertTrue(marker.isSubtypeOf(IMarker.PROBLEM));
		}
	}

	@Test
	void theRuntimeItselfIsUnderstoodAndJdtHasNothingToAdd() throws Exception {
		try (JavaProject project = JavaProject.withRuntime("runtime")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();

			assertEquals(Sources.LEAKING_LINES, JavaProject.lines(file));
			assertEquals(2, project.project().findMarkers(IMarker.PROBLEM, true, IResource.DEPTH_INFINITE).length);
		}
	}

	@Test
	void unresolvedTypesAreUnderstoodToo() throws Exception {
		try (JavaProject project = JavaProject.withoutApi("unresolved")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();

			assertEquals(Sources.LEAKING_LINES, JavaProject.lines(file));
		}
	}

	@Test
	void aFileWithoutBlocksGetsNothing() throws Exception {
		try (JavaProject project = JavaProject.withApi("quiet")) {
			project.write("demo/Quiet.java", "package demo; class Quiet { int size(String text) { return text.length(); } }");
			project.build();

			assertEquals(List.of(), JavaProject.findings(project.project()));
		}
	}

	@Test
	void aMarkerVanishesWithItsLeak() throws Exception {
		try (JavaProject project = JavaProject.withApi("repaired")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();
			project.write("demo/Leaks.java", Sources.REPAIRED);
			project.build();

			assertEquals(List.of(), JavaProject.findings(file));
		}
	}

	@Test
	void anUnsavedTextDoesNotChangeTheMarkersOfTheSavedOne() throws Exception {
		try (JavaProject project = JavaProject.withApi("unsaved")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			var unit = JavaCore.createCompilationUnitFrom(file);
			unit.becomeWorkingCopy(null);
			try {
				unit.getBuffer().setContents("\n\n" + Sources.LEAKS);
				project.build();

				assertEquals(Sources.LEAKING_LINES, JavaProject.lines(file));
			} finally {
				unit.discardWorkingCopy();
			}
		}
	}
}
