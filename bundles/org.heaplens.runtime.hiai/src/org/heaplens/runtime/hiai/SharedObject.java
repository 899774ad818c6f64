// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Says why a file cannot be loaded as a library, in words that the system's loader does not have. */
final class SharedObject {
	/** The part of the header that is read: up to {@code e_machine}. */
	private static final int HEADER = 20;
	private static final int MAGIC = 0x7F454C46;
	private static final int CLASS = 4;
	private static final int CLASS_64 = 2;
	private static final int DATA = 5;
	private static final int DATA_LITTLE_ENDIAN = 1;
	private static final int TYPE = 16;
	private static final int TYPE_SHARED = 3;
	private static final int MACHINE = 18;

	/** Processors by {@code e_machine}, called as their folders are. */
	private static final Map<Integer, String> MACHINES = Map.of(3, "x86", 62, "x86_64", 40, "arm", 183, "aarch64", 243, "riscv64", 21,
			"ppc64", 22, "s390x", 258, "loongarch64");

	private SharedObject() {}

	/** The processor of this JVM. */
	static String processor() {
		String name = System.getProperty("os.arch", "");
		return switch (name) {
			case "amd64" -> "x86_64";
			case "i386", "i586" -> "x86";
			default -> name;
		};
	}

	/** What is wrong with a file, in one line; empty if it can be tried. */
	static Optional<String> problem(Path file) {
		if (!Files.exists(file)) {
			return Optional.of("there is no file " + file);
		}
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			return Optional.of(file + " is no file that may be read");
		}
		try (InputStream in = Files.newInputStream(file)) {
			return problem(file, ByteBuffer.wrap(in.readNBytes(HEADER)));
		} catch (IOException e) {
			return Optional.of("cannot read " + file + ": " + e.getMessage());
		}
	}

	private static Optional<String> problem(Path file, ByteBuffer header) {
		if (header.limit() < HEADER || header.getInt(0) != MAGIC) {
			return Optional.of(file + " is no shared library");
		}
		header.order(header.get(DATA) == DATA_LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
		int machine = Short.toUnsignedInt(header.getShort(MACHINE));
		String made = MACHINES.getOrDefault(machine, "another processor (number " + machine + ")");
		if (made.equals("x86_64") && header.get(CLASS) != CLASS_64) {
			made = "x32";
		}
		if (MACHINES.containsValue(processor()) && !made.equals(processor())) {
			return Optional.of(file + " is for " + made + ", this JVM is " + processor());
		}
		return header.getShort(TYPE) == TYPE_SHARED ? Optional.empty() : Optional.of(file + " is no shared library");
	}
}
