// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What figures were taken on. Without it they mean nothing. */
final class Machine {
	private Machine() {}

	static String text(String date) throws IOException {
		return processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors; Linux " + System.getProperty("os.version")
				+ "; " + System.getProperty("java.vm.vendor") + " JDK " + Runtime.version() + "; load "
				+ Figure.number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()) + "; " + date;
	}

	private static String processor() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip())
					.findFirst()
					.orElse(System.getProperty("os.arch"));
		}
	}
}
