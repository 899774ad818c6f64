// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;

/** One of the examples of this checkout, copied into the workspace and built; deleted when closed. */
final class ExampleProject implements AutoCloseable {
	final IProject project;

	private ExampleProject(IProject project) {
		this.project = project;
	}

	static ExampleProject imported(String name) throws Exception {
		IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject(name);
		Path from = examples(name).resolve(name);
		Path to = Path.of(ResourcesPlugin.getWorkspace().getRoot().getLocationURI()).resolve(name);
		try (var all = Files.walk(from)) {
			for (Path path : all.toList()) {
				Files.copy(path, to.resolve(from.relativize(path).toString()));
			}
		}
		project.create(null);
		project.open(null);
		project.refreshLocal(IResource.DEPTH_INFINITE, null);
		project.build(IncrementalProjectBuilder.FULL_BUILD, null);
		Pump.untilIdle();
		return new ExampleProject(project);
	}

	IFile source(String name) {
		return project.getFile("src/pipeline/" + name);
	}

	IFile launchFile() {
		return project.getFile(project.getName() + ".launch");
	}

	@Override
	public void close() throws Exception {
		Pump.untilIdle();
		project.delete(true, true, null);
	}

	private static Path examples(String name) {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(folder.resolve("examples").resolve(name))) {
			folder = folder.getParent();
		}
		return folder.resolve("examples");
	}
}
