// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes of our own: another JVM with the same class path. */
final class Children {
	private Children() {}

	/**
	 * Starts {@code main} in a JVM of its own; what it says on standard error goes to ours.
	 *
	 * @param options of the JVM
	 */
	static Process start(Class<?> main, List<String> options, String... arguments) throws IOException {
		var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
		command.addAll(options);
		command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}
}
