// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The native libraries, as the build has made them. */
final class Natives {
	/** Tests run in the folder of their own bundle. */
	private static final Path BUILD = Path.of("../../bundles/org.heaplens.runtime.hiai/target/native/test").toAbsolutePath().normalize();

	private Natives() {}

	/** What connects Java with libraries. */
	static Path jni() {
		return existing(BUILD.resolve("jni/libheaplens_jni.so"));
	}

	/** HeapLens's own library. */
	static Path own() {
		return existing(BUILD.resolve("hiaiengine/libheaplens_hiai.so"));
	}

	/** A library that stands for a board's; see native/jni/tests. */
	static Path board(String name) {
		return existing(BUILD.resolve("jni/tests/lib" + name + ".so"));
	}

	private static Path existing(Path file) {
		assertTrue(Files.exists(file), () -> file + " is not built: type ./heaplens test, or cmake -S "
				+ "bundles/org.heaplens.runtime.hiai/native -B " + BUILD + " && cmake --build " + BUILD);
		return file;
	}
}
