// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.swt.widgets.Display;
import org.heaplens.ui.lint.TreeLinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.FrameworkUtil;

class LintFailureTest {
	private static final String BROKEN = "class Broken { HiaiMemory unknown; }";

	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	@Test
	void aLinterThatFailsIsLoggedOnceAndStopsNothing() throws Exception {
		TreeLinter failing = (unit, source, file) -> {
			throw new IllegalStateException("deliberate");
		};
		var registration = FrameworkUtil.getBundle(LintFailureTest.class).getBundleContext()
				.registerService(TreeLinter.class, failing, null);
		try (JavaProject project = JavaProject.withApi("failing")) {
			int shells = Display.getCurrent().getShells().length;
			IFile file = project.write("demo/Leaks.java", Sources.LEAKS);
			project.build();
			assertEquals(List.of(), JavaProject.findings(file));
			assertTrue(project.project().getFile("bin/demo/Leaks.class").exists());
			try (JavaEditing editing = JavaEditing.open(file)) {
				editing.document().set(BROKEN); // JDT's own problems show that the text was looked at
				Pump.until("JDT reports its own problems", () -> !editing.problems().isEmpty());
				editing.document().set(Sources.LEAKS);
				Pump.until("JDT's own problems vanish", () -> editing.problems().isEmpty());
			}
			assertEquals(shells, Display.getCurrent().getShells().length);
		} finally {
			registration.unregister();
		}
		List<String> logged = log.take();
		assertEquals(1, logged.size(), logged::toString);
		assertTrue(logged.getFirst().contains("deliberate"), logged::toString);
	}
}
