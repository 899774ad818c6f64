// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import org.eclipse.debug.ui.AbstractLaunchConfigurationTabGroup;
import org.eclipse.debug.ui.CommonTab;
import org.eclipse.debug.ui.EnvironmentTab;
import org.eclipse.debug.ui.ILaunchConfigurationDialog;
import org.eclipse.debug.ui.ILaunchConfigurationTab;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.debug.ui.launchConfigurations.JavaArgumentsTab;
import org.eclipse.jdt.debug.ui.launchConfigurations.JavaClasspathTab;
import org.eclipse.jdt.debug.ui.launchConfigurations.JavaJRETab;
import org.eclipse.jdt.debug.ui.launchConfigurations.JavaMainTab;

/** The pages on which a user sets up a launch. */
public final class HiaiTabs extends AbstractLaunchConfigurationTabGroup {
	@Override
	public void createTabs(@Nullable ILaunchConfigurationDialog dialog, @Nullable String mode) {
		setTabs(new ILaunchConfigurationTab[]{new JavaMainTab(), new HiaiTab(), new JavaArgumentsTab(), new JavaJRETab(),
			new JavaClasspathTab(),
			new EnvironmentTab(), new CommonTab()});
	}
}
