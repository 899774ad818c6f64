// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;

/** The example projects in a folder. They are copied into the workspace, so that a user may change them. */
final class ExampleProjects {
	private final Path folder;

	ExampleProjects(Path folder) {
		this.folder = folder;
	}

	List<IProject> importAll() throws IOException, CoreException {
		var projects = new ArrayList<IProject>();
		try (Stream<Path> entries = Files.list(folder)) {
			for (Path example : entries.filter(entry -> Files.exists(entry.resolve(IProjectDescription.DESCRIPTION_FILE_NAME))).sorted()
					.toList()) {
				projects.add(importOne(example));
			}
		}
		return projects;
	}

	private static IProject importOne(Path example) throws IOException, CoreException {
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		IProject project = workspace.getRoot().getProject(example.getFileName().toString());
		Path target = Path.of(workspace.getRoot().getLocationURI()).resolve(project.getName());
		if (!Files.exists(target)) {
			copy(example, target);
		}
		if (!project.exists()) {
			project.create(new NullProgressMonitor());
		}
		project.open(new NullProgressMonitor());
		return project;
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> paths = Files.walk(from)) {
			for (Path path : paths.toList()) {
				Files.copy(path, to.resolve(from.relativize(path).toString()));
			}
		}
	}
}
