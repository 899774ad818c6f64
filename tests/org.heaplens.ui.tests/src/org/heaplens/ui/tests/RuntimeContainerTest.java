// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.IPath;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.heaplens.ui.heap.HeapLensIds;
import org.junit.jupiter.api.Test;

class RuntimeContainerTest {
	/** What a program calls that makes blocks, that makes graphs, and that reads them from a file. */
	private static final List<String> TYPES = List.of("org.heaplens.model.Side", "org.heaplens.runtime.HiaiMemory",
			"org.heaplens.runtime.Graph", "com.google.protobuf.TextFormat");

	@Test
	void theRuntimeHasAllThatAProgramMayNeed() throws Exception {
		try (var project = JavaProject.withoutApi("container")) {
			var container = JavaCore.getClasspathContainer(IPath.fromPortableString(HeapLensIds.RUNTIME_CONTAINER),
					JavaCore.create(project.project()));
			var entries = new ArrayList<URL>();
			for (IClasspathEntry entry : container.getClasspathEntries()) {
				entries.add(entry.getPath().toFile().toURI().toURL());
			}
			// Nothing of the workbench is visible to it.
			try (var classes = new URLClassLoader(entries.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
				for (String type : TYPES) {
					assertEquals(type, classes.loadClass(type).getName());
				}
			}
		}
	}
}
