// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import org.eclipse.debug.ui.IDebugUIConstants;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.ui.JavaUI;
import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.eclipse.ui.console.IConsoleConstants;
import org.heaplens.ui.heap.HeapLensIds;

/** The perspective "HeapLens": sources above, heaps below, what the program says beside them. */
public final class HeapLensPerspective implements IPerspectiveFactory {
	/** The debugger's commands for breakpoints; it has no constant for them. */
	private static final String BREAKPOINTS = "org.eclipse.debug.ui.breakpointActionSet";

	@Override
	public void createInitialLayout(@Nullable IPageLayout layout) {
		if (layout == null) {
			return;
		}
		String editor = layout.getEditorArea();
		IFolderLayout heaps = layout.createFolder("heaps", IPageLayout.BOTTOM, 0.54f, editor);
		heaps.addView(HeapLensIds.HEAPS_VIEW);
		IFolderLayout output = layout.createFolder("output", IPageLayout.RIGHT, 0.66f, "heaps");
		output.addView(IPageLayout.ID_PROBLEM_VIEW);
		output.addView(IConsoleConstants.ID_CONSOLE_VIEW);
		layout.addView(JavaUI.ID_PACKAGES, IPageLayout.LEFT, 0.22f, editor);
		layout.addActionSet(IDebugUIConstants.LAUNCH_ACTION_SET);
		layout.addActionSet(BREAKPOINTS);
		layout.addActionSet(JavaUI.ID_ACTION_SET);
		layout.addShowViewShortcut(HeapLensIds.HEAPS_VIEW);
		layout.addShowViewShortcut(JavaUI.ID_PACKAGES);
		layout.addShowViewShortcut(IPageLayout.ID_PROBLEM_VIEW);
		layout.addShowViewShortcut(IConsoleConstants.ID_CONSOLE_VIEW);
	}
}
