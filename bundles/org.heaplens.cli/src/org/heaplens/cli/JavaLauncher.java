// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.heaplens.runtime.settings.Setting;

/** What a JVM is told so that it calls a native library without a warning. */
final class JavaLauncher {
	private static final String NATIVE = "native";
	private static final String OPTION = "--enable-native-access=ALL-UNNAMED";
	/** From that JDK on, code on the class path that loads a library is warned of. */
	private static final int WARNS = 24;
	private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

	private JavaLauncher() {}

	/**
	 * The command, with an option more if it is {@code java} itself, of a JDK that would warn, and the driver is native. A program that
	 * starts a JVM by itself has to give the option by itself: the variables that JVMs read make them print that they did.
	 */
	static List<String> quiet(List<String> command, Program program, Map<String, String> environment) {
		boolean isNative = NATIVE.equals(environment.get(Setting.DRIVER.variable()))
				|| command.contains("-D" + Setting.DRIVER.property() + "=" + NATIVE);
		if (!isNative || program.file().flatMap(JavaLauncher::version).orElse(0) < WARNS) {
			return command;
		}
		var more = new ArrayList<>(command);
		more.add(1, OPTION);
		return more;
	}

	/** The version of the JDK whose launcher that file is; empty if it is none. */
	private static Optional<Integer> version(Path file) {
		try {
			Path java = file.toRealPath();
			Path release = java.resolveSibling("../release");
			if (!java.endsWith("bin/java") || !Files.isRegularFile(release)) {
				return Optional.empty();
			}
			Matcher version = VERSION.matcher(Files.readString(release));
			return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
		} catch (IOException e) {
			// It starts without the option, and perhaps with a warning.
			return Optional.empty();
		}
	}
}
