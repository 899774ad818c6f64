// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.ClasspathContainerInitializer;
import org.eclipse.jdt.core.IClasspathContainer;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.JavaCore;
import org.heaplens.ui.heap.internal.Messages;

/** Gives projects the "HiAI Runtime (simulated)" of this installation. */
public final class RuntimeContainerInitializer extends ClasspathContainerInitializer {
	@Override
	public void initialize(@Nullable IPath path, @Nullable IJavaProject project) throws CoreException {
		JavaCore.setClasspathContainer(path, new IJavaProject[]{project}, new IClasspathContainer[]{new RuntimeContainer()}, null);
	}

	@Override
	public String getDescription(@Nullable IPath path, @Nullable IJavaProject project) {
		return Messages.RUNTIME_CONTAINER;
	}
}
