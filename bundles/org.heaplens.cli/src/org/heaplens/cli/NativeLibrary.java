// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the HiAI library for C and C++ programs lies, for each processor. What starts this program says it in {@code heaplens.native}. */
final class NativeLibrary {
	static final String FILE = "libheaplens_hiai.so";
	/** Connects Java with it; one folder above. */
	static final String JNI_FILE = "libheaplens_jni.so";
	/** Folders, as in a PATH; each may hold {@code linux-x86_64/lib}, {@code linux-aarch64/lib}. */
	private static final String FOLDERS = "heaplens.native";

	private NativeLibrary() {}

	/** The folder of the library for a processor, in the words of Linux; empty if there is none. */
	static Optional<Path> folder(String machine) {
		return Stream.of(System.getProperty(FOLDERS, "").split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
				.map(folder -> Path.of(folder, "linux-" + machine, "lib").toAbsolutePath())
				.filter(folder -> Files.isRegularFile(folder.resolve(FILE))).findFirst();
	}
}
