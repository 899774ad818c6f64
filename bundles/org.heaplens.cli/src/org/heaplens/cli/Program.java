// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a command names: the file that the system starts. Immutable.
 *
 * @param name as the user wrote it
 * @param file where it is, by the PATH if the name has no slash; empty if there is none
 */
record Program(String name, Optional<Path> file) {
	private static final int ELF_HEADER = 20;
	private static final int ELF_DATA = 5;
	private static final int ELF_BIG_ENDIAN = 2;
	private static final int ELF_MACHINE = 18;
	private static final String MAGIC = "\u007fELF";
	private static final int LONGEST_FIRST_LINE = 128;
	/** Where Linux lists what runs programs for other machines. */
	private static final Path EMULATORS = Path.of("/proc/sys/fs/binfmt_misc");

	static Program of(String name) {
		if (name.contains("/")) {
			Path file = Path.of(name);
			return new Program(name, Files.exists(file) ? Optional.of(file) : Optional.empty());
		}
		String folders = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
		return new Program(name, Stream.of(folders.split(File.pathSeparator)).map(folder -> Path.of(folder.isEmpty() ? "." : folder, name))
				.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst());
	}

	/** The processor that it is for, in the words of Linux; empty if it is no program of machine code. */
	Optional<String> machine() throws IOException {
		if (file.isEmpty() || !Files.isRegularFile(file.get())) {
			return Optional.empty();
		}
		byte[] head = head(ELF_HEADER);
		if (head.length < ELF_HEADER || !new String(head, 0, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC)) {
			return Optional.empty();
		}
		ByteOrder order = head[ELF_DATA] == ELF_BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		int number = Short.toUnsignedInt(ByteBuffer.wrap(head).order(order).getShort(ELF_MACHINE));
		return Optional.of(switch (number) {
			case 3 -> "i386";
			case 40 -> "arm";
			case 62 -> "x86_64";
			case 183 -> "aarch64";
			case 243 -> "riscv64";
			default -> "machine " + number;
		});
	}

	/** Why the system does not start it, in one line. */
	String whyNot(IOException refusal) {
		if (file.isEmpty()) {
			return name.contains("/")
					? "there is no " + name
					: "there is no program " + name + " on the PATH" + (Files.exists(Path.of(name)) ? "; ./" + name + " is here" : "");
		}
		Path program = file.get();
		if (Files.isDirectory(program)) {
			return name + " is a folder, not a program";
		}
		if (!Files.isExecutable(program)) {
			return name + " is not executable; chmod +x " + name + " makes it so";
		}
		try {
			Optional<String> machine = machine();
			if (machine.isPresent() && !machine.get().equals(thisMachine())) {
				return name + " is a program for " + machine.get() + ", and this is " + thisMachine()
						+ ("aarch64".equals(machine.get()) ? "; qemu-aarch64-static runs it here" : "");
			}
			Optional<String> interpreter = interpreter();
			if (interpreter.isPresent() && !Files.isExecutable(Path.of(interpreter.get()))) {
				return name + " is a script for " + interpreter.get() + ", which is not here";
			}
		} catch (IOException e) {
			return "cannot read " + name + ": " + Reasons.of(e);
		}
		return "cannot start " + name + ": " + Reasons.of(refusal);
	}

	/** Whether it is for another processor, and nothing is registered that would run it. A JVM would hand it to the shell as a script. */
	boolean isForeign() throws IOException {
		if (file.isEmpty() || !Files.isReadable(file.get())) {
			// The system may start what only it can read.
			return false;
		}
		Optional<String> machine = machine();
		return machine.isPresent() && !ofThisFamily(machine.get()) && !Files.exists(EMULATORS.resolve("qemu-" + machine.get()));
	}

	private static boolean ofThisFamily(String machine) {
		return switch (machine) {
			case "i386" -> thisMachine().equals("x86_64");
			case "arm" -> thisMachine().equals("aarch64");
			default -> machine.equals(thisMachine());
		};
	}

	/** The name of the processor that this runs on, in the words of Linux. */
	static String thisMachine() {
		String name = System.getProperty("os.arch", "");
		return name.equals("amd64") ? "x86_64" : name;
	}

	/** What the first line of a script names. */
	private Optional<String> interpreter() throws IOException {
		String line = new String(head(LONGEST_FIRST_LINE), StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
		return line.startsWith("#!") ? Optional.of(line.substring(2).strip().split("\\s+")[0]) : Optional.empty();
	}

	private byte[] head(int size) throws IOException {
		try (var in = Files.newInputStream(file.orElseThrow())) {
			return in.readNBytes(size);
		}
	}
}
