// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ide;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.ui.PlatformUI;

/**
 * Starts the IDE and shows in it what HeapLens does: {@code -examples DIR [-pictures DIR]}.
 *
 * <p>
 * With {@code -pictures} it takes screenshots, closes the IDE, and exits with 0 if all that was to be seen could be seen, else with 1
 * and one line on standard error. Without, the IDE stays open.
 */
public final class DemoApplication implements IApplication {
	private static final String IDE = "org.eclipse.ui.ide.workbench";
	private static final Integer FAILED = 1;
	private static final Integer MISUSED = 2;

	@Override
	public Object start(@Nullable IApplicationContext context) throws Exception {
		List<String> arguments = Arrays
				.asList((String[]) Objects.requireNonNull(context).getArguments().get(IApplicationContext.APPLICATION_ARGS));
		Optional<Path> examples = folder(arguments, "-examples");
		if (examples.isEmpty() || !Files.isDirectory(examples.get())) {
			System.err.println("heaplens: the demo needs the folder of the examples: -examples DIR");
			return MISUSED;
		}
		var demo = new Demo(examples.get(), folder(arguments, "-pictures"));
		PlatformUI.getTestableObject().setTestHarness(demo);
		Object code = ide().start(context);
		Optional<String> failure = demo.failure();
		failure.ifPresent(line -> System.err.println("heaplens: the demo failed: " + line));
		return failure.isPresent() ? FAILED : code;
	}

	@Override
	public void stop() {
		// The IDE closes its windows by itself when its display is disposed.
	}

	private static Optional<Path> folder(List<String> arguments, String option) {
		int at = arguments.indexOf(option);
		return at < 0 || at + 1 >= arguments.size() ? Optional.empty() : Optional.of(Path.of(arguments.get(at + 1)).toAbsolutePath());
	}

	private static IApplication ide() throws CoreException {
		IConfigurationElement[] run = Platform.getExtensionRegistry()
				.getExtension(Platform.PI_RUNTIME, Platform.PT_APPLICATIONS, IDE).getConfigurationElements()[0].getChildren("run");
		return (IApplication) run[0].createExecutableExtension("class");
	}
}
