// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.launching.IJavaLaunchConfigurationConstants;
import org.eclipse.jdt.launching.IVMRunner;
import org.eclipse.jdt.launching.JavaLaunchDelegate;
import org.eclipse.jdt.launching.VMRunnerConfiguration;
import org.heaplens.runtime.settings.Setting;
import org.heaplens.ui.heap.HeapLensIds;

/** Launches a Java program as JDT does, on simulated heaps, and has it record them into a folder of its own. */
@NonNullByDefault({}) // What it overrides says nothing of null.
public final class HiaiLaunchDelegate extends JavaLaunchDelegate {
	@Override
	public IVMRunner getVMRunner(ILaunchConfiguration configuration, String mode) throws CoreException {
		return new RecordingRunner(super.getVMRunner(configuration, mode), configuration);
	}

	/** Adds what the simulator needs to know. Only here are the launch and the arguments of its JVM known together. */
	private record RecordingRunner(IVMRunner runner, ILaunchConfiguration configuration) implements IVMRunner {
		@Override
		public void run(VMRunnerConfiguration program, ILaunch launch, IProgressMonitor monitor) throws CoreException {
			program.setVMArguments(arguments(program, folder(launch)));
			runner.run(program, launch, monitor);
		}

		@Override
		public String showCommandLine(VMRunnerConfiguration program, ILaunch launch, IProgressMonitor monitor) throws CoreException {
			program.setVMArguments(arguments(program, TraceFolders.ofWorkspace().root()));
			return runner.showCommandLine(program, launch, monitor);
		}

		private Path folder(ILaunch launch) throws CoreException {
			try {
				Path folder = TraceFolders.ofWorkspace().create(configuration.getName(),
						configuration.getAttribute(IJavaLaunchConfigurationConstants.ATTR_PROJECT_NAME, ""));
				launch.setAttribute(HeapLensIds.TRACE_FOLDER, folder.toString());
				return folder;
			} catch (IOException e) {
				throw new CoreException(Status.error("Cannot make a folder to record into: " + e.getMessage(), e));
			}
		}

		private String[] arguments(VMRunnerConfiguration program, Path folder) throws CoreException {
			var arguments = new ArrayList<String>();
			arguments.add("-D" + Setting.TRACE.property() + "=" + folder);
			arguments.addAll(ProjectSettings.arguments(configuration));
			for (Capacity capacity : Capacity.values()) {
				Optional<String> problem = capacity.problem(configuration.getAttribute(capacity.attribute(), ""));
				if (problem.isPresent()) {
					throw new CoreException(Status.error(problem.get()));
				}
				arguments.add(capacity.argument(configuration));
			}
			arguments.removeIf(String::isEmpty);
			// The user's own arguments come last and so win.
			arguments.addAll(List.of(program.getVMArguments()));
			return arguments.toArray(String[]::new);
		}
	}
}
