// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.jdt.ui.text.java.IJavaCompletionProposal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LintEditorTest {
	private static final int AT_FIRST = Sources.LEAKS.indexOf("HiaiMemory.dMalloc");

	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	@Test
	void findingsFollowTheTextWithoutSaving() throws Exception {
		try (JavaProject project = JavaProject.withApi("typing");
				JavaEditing editing = JavaEditing.open(project.write("demo/Leaks.java", Sources.REPAIRED))) {
			editing.document().set(Sources.LEAKS);
			Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));

			editing.document().set(Sources.FIRST_REPAIRED);
			Pump.until("one finding is left", () -> editing.findingLines().equals(List.of(19)));

			editing.document().set(Sources.REPAIRED);
			Pump.until("findings vanish", () -> editing.findingLines().isEmpty());
			assertTrue(editing.editor().isDirty());
		}
	}

	@Test
	void findingsAppearInATextThatIsSavedWhileItIsTyped() throws Exception {
		try (JavaProject project = JavaProject.withApi("saving");
				JavaEditing editing = JavaEditing.open(project.write("demo/Leaks.java", Sources.REPAIRED))) {
			editing.document().set(Sources.LEAKS);
			editing.editor().doSave(null);

			Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));
		}
	}

	@Test
	void aFindingShowsOnceInASavedFile() throws Exception {
		try (JavaProject project = JavaProject.withApi("once")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();
			try (JavaEditing editing = JavaEditing.open(file)) {
				Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));

				assertEquals(2, editing.problems().size());
			}
		}
	}

	@Test
	void theQuickFixFreesBeforeTheExitAndCanBeUndone() throws Exception {
		try (JavaProject project = JavaProject.withApi("quickfix")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();
			try (JavaEditing editing = JavaEditing.open(file)) {
				Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));
				List<IJavaCompletionProposal> fixes = editing.quickFixes(AT_FIRST);
				assertEquals(
						List.of("Free 'buffer' before this exit",
								"Fix all 2 'leaked-manual-block' in file"),
						fixes.stream().map(IJavaCompletionProposal::getDisplayString).limit(2).toList());
				assertEquals(1, fixes.stream().filter(fix -> fix.getDisplayString().startsWith("Free ")).count());
				assertTrue(fixes.getFirst().getAdditionalProposalInfo().contains("dFree(buffer)"));

				fixes.getFirst().apply(editing.document());
				assertEquals(Sources.FIRST_REPAIRED, editing.document().get());
				Pump.until("the finding vanishes", () -> editing.findingLines().equals(List.of(19)));

				editing.undo();
				assertEquals(Sources.LEAKS, editing.document().get());
			}
		}
	}

	@Test
	void theQuickFixWorksOnATextThatHasChangedSince() throws Exception {
		String above = "// unrelated\n";
		try (JavaProject project = JavaProject.withApi("moved");
				JavaEditing editing = JavaEditing.open(project.write("demo/Leaks.java", Sources.LEAKS))) {
			Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));
			editing.document().replace(0, 0, above);

			editing.quickFixes(AT_FIRST + above.length()).getFirst().apply(editing.document());

			assertEquals(above + Sources.FIRST_REPAIRED, editing.document().get());
		}
	}

	@Test
	void fixAllLeavesNoneOfItsKind() throws Exception {
		try (JavaProject project = JavaProject.withApi("fixall")) {
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			try (JavaEditing editing = JavaEditing.open(file)) {
				Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));

				editing.quickFixes(AT_FIRST).stream().filter(fix -> fix.getDisplayString().startsWith("Fix all"))
						.findFirst().orElseThrow().apply(editing.document());
				assertEquals(Sources.REPAIRED, editing.document().get());
				Pump.until("findings vanish", () -> editing.findingLines().isEmpty());

				editing.editor().doSave(null);
				project.build();
				assertEquals(List.of(), JavaProject.findings(file));
				assertFalse(editing.editor().isDirty());
			}
		}
	}

	@Test
	void fixAllFreesBlocksThatShareAnExitAsOneChange() throws Exception {
		try (JavaProject project = JavaProject.withApi("oneexit");
				JavaEditing editing = JavaEditing.open(project.write("demo/Leaks.java", Sources.ONE_EXIT))) {
			Pump.until("findings appear", () -> editing.findingLines().equals(List.of(7, 8)));

			editing.quickFixes(Sources.ONE_EXIT.indexOf("HiaiMemory.dMalloc")).stream()
					.filter(fix -> fix.getDisplayString().startsWith("Fix all")).findFirst().orElseThrow()
					.apply(editing.document());
			assertEquals(Sources.ONE_EXIT_REPAIRED, editing.document().get());

			editing.undo();
			assertEquals(Sources.ONE_EXIT, editing.document().get());
		}
	}

	@Test
	void theHoverTellsTheStepsTheRuleAndTheFixes() throws Exception {
		try (JavaProject project = JavaProject.withApi("hover");
				JavaEditing editing = JavaEditing.open(project.write("demo/Leaks.java", Sources.LEAKS))) {
			Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));

			String hover = editing.hover(AT_FIRST);
			assertTrue(hover.contains("1. line 9: "), hover);
			assertTrue(hover.contains("line 11: "), hover);
			assertTrue(hover.contains("Rule: leaked-manual-block"), hover);
			assertTrue(hover.contains("Free 'buffer' before this exit"), hover);
		}
	}

	@Test
	void ignoringPutsACommentThatSilencesTheLinter() throws Exception {
		try (JavaProject project = JavaProject.withApi("ignoring");
				JavaEditing editing = JavaEditing.open(project.write("demo/Leaks.java", Sources.LEAKS))) {
			Pump.until("findings appear", () -> editing.findingLines().equals(Sources.LEAKING_LINES));

			editing.quickFixes(AT_FIRST).stream().filter(fix -> fix.getDisplayString().startsWith("Ignore "))
					.findFirst().orElseThrow().apply(editing.document());
			assertEquals(
					Sources.LEAKS.replace("\t\tHiaiBuffer buffer",
							"\t\t// heaplens:ignore leaked-manual-block because ...\n\t\tHiaiBuffer buffer"),
					editing.document().get());
			Pump.until("the finding vanishes", () -> editing.findingLines().equals(List.of(19)));
		}
	}
}
