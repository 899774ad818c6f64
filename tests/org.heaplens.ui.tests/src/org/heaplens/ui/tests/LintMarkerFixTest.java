// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.ltk.core.refactoring.RefactoringCore;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.IMarkerResolutionRelevance;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.views.markers.WorkbenchMarkerResolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LintMarkerFixTest {
	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	@Test
	void aResolutionRepairsAndSavesAClosedFile() throws Exception {
		try (JavaProject project = JavaProject.withApi("resolution")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();

			freeBeforeExit(JavaProject.findings(file).getFirst()).run(JavaProject.findings(file).getFirst());
			assertEquals(Sources.FIRST_REPAIRED, file.readString());
			project.build();
			assertEquals(List.of(19), JavaProject.lines(file));
		}
	}

	@Test
	void aResolutionLeavesAnEditedFileUnsaved() throws Exception {
		try (JavaProject project = JavaProject.withApi("edited")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();
			try (JavaEditing editing = JavaEditing.open(file)) {
				editing.document().replace(0, 0, "// unrelated\n");
				freeBeforeExit(JavaProject.findings(file).getFirst()).run(JavaProject.findings(file).getFirst());

				assertEquals("// unrelated\n" + Sources.FIRST_REPAIRED, editing.document().get());
				assertEquals(Sources.LEAKS, file.readString());
				assertTrue(editing.editor().isDirty());
			}
		}
	}

	@Test
	void aResolutionRepairsAllOfItsKindInOtherFilesAsOneChange() throws Exception {
		try (JavaProject project = JavaProject.withApi("several")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			IFile other = project.write("demo/Others.java", Sources.LEAKS.replace("class Leaks", "class Others"));
			project.build();
			List<IMarker> markers = JavaProject.findings(project.project());
			assertEquals(4, markers.size());
			WorkbenchMarkerResolution resolution = freeBeforeExit(markers.getFirst());

			var chosen = new ArrayList<IMarker>(List.of(markers.getFirst()));
			chosen.addAll(Arrays.asList(resolution.findOtherMarkers(markers.toArray(IMarker[]::new))));
			assertEquals(4, chosen.size());
			resolution.run(chosen.toArray(IMarker[]::new), new NullProgressMonitor());
			project.build();
			assertEquals(List.of(), JavaProject.findings(project.project()));
			assertEquals(Sources.REPAIRED, file.readString());

			RefactoringCore.getUndoManager().performUndo(null, new NullProgressMonitor());
			assertEquals(Sources.LEAKS, file.readString());
			assertEquals(Sources.LEAKS.replace("class Leaks", "class Others"), other.readString());
		}
	}

	@Test
	void aResolutionOfAFindingThatIsGoneIsNotOffered() throws Exception {
		try (JavaProject project = JavaProject.withApi("gone")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();
			IMarker marker = JavaProject.findings(file).getFirst();
			project.write("demo/Leaks.java", Sources.REPAIRED);

			assertEquals(0, IDE.getMarkerHelpRegistry().getResolutions(marker).length);
		}
	}

	private static WorkbenchMarkerResolution freeBeforeExit(IMarker marker) {
		assertTrue(IDE.getMarkerHelpRegistry().hasResolutions(marker));
		IMarkerResolution resolution = IDE.getMarkerHelpRegistry().getResolutions(marker)[0];
		assertEquals("Free 'buffer' before this exit", resolution.getLabel());
		assertTrue(((IMarkerResolutionRelevance) resolution).getRelevanceForResolution() > 15);
		return (WorkbenchMarkerResolution) resolution;
	}
}
