// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.Status;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.launching.JavaRuntime;
import org.heaplens.settings.RunSettings;
import org.heaplens.settings.SettingsException;

/** The {@code heaplens.toml} that holds for a project: in its folder, or in the nearest one above that has one. */
final class ProjectSettings {
	private ProjectSettings() {}

	/**
	 * What the JVM of a launch is told by the file of its project; nothing if there is no project, or no file.
	 *
	 * @throws CoreException if the file says what cannot be; its message has file, line and column
	 */
	static List<String> arguments(ILaunchConfiguration configuration) throws CoreException {
		IJavaProject project = JavaRuntime.getJavaProject(configuration);
		IPath location = project == null ? null : project.getProject().getLocation();
		if (location == null) {
			return List.of();
		}
		String[] environment = DebugPlugin.getDefault().getLaunchManager().getEnvironment(configuration);
		try {
			return arguments(location.toPath(), environment == null ? System.getenv() : variables(environment));
		} catch (SettingsException e) {
			throw new CoreException(Status.error(e.line(), e));
		}
	}

	/** @param environment of the process, which wins over the file */
	static List<String> arguments(Path folder, Map<String, String> environment) throws SettingsException {
		Optional<Path> file = RunSettings.find(folder);
		RunSettings settings = file.isEmpty() ? RunSettings.NONE : RunSettings.read(file.get(), file.get().toString());
		return settings.properties(environment).entrySet().stream()
				.map(property -> "-D" + property.getKey() + "=" + property.getValue()).toList();
	}

	/** @param environment entries of the form NAME=VALUE */
	private static Map<String, String> variables(String[] environment) {
		var variables = new HashMap<String, String>();
		for (String entry : environment) {
			int equals = entry.indexOf('=');
			if (equals > 0) {
				variables.put(entry.substring(0, equals), entry.substring(equals + 1));
			}
		}
		return variables;
	}
}
