// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;

class WorkbenchTest {
	@Test
	void aWorkbenchWindowIsOpen() {
		assertNotNull(PlatformUI.getWorkbench().getActiveWorkbenchWindow());
	}
}
