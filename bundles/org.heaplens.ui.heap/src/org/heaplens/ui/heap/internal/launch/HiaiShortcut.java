// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunchConfigurationType;
import org.eclipse.jdt.debug.ui.launchConfigurations.JavaApplicationLaunchShortcut;
import org.heaplens.ui.heap.HeapLensIds;

/** "Run As &gt; HiAI Application (simulated)": finds the type with a main method as JDT does. */
public final class HiaiShortcut extends JavaApplicationLaunchShortcut {
	@Override
	protected ILaunchConfigurationType getConfigurationType() {
		return DebugPlugin.getDefault().getLaunchManager().getLaunchConfigurationType(HeapLensIds.LAUNCH_TYPE);
	}
}
