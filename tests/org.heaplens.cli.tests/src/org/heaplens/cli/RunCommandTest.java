// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import sun.misc.Signal;

/** How {@code heaplens run} starts programs, and what it says when it cannot. */
class RunCommandTest {
	private static final String LIBRARIES = "heaplens.native";
	private static final IOException REFUSED = new IOException("error=8, Exec format error");

	@TempDir
	Path folder = Path.of("");

	private final StringWriter err = new StringWriter();
	private Optional<String> before = Optional.empty();

	@BeforeEach
	void remember() {
		before = Optional.ofNullable(System.getProperty(LIBRARIES));
	}

	@AfterEach
	void restore() {
		before.ifPresentOrElse(value -> System.setProperty(LIBRARIES, value), () -> System.clearProperty(LIBRARIES));
	}

	private int run(String... command) {
		var arguments = new String[command.length + 3];
		arguments[0] = "run";
		arguments[1] = "--trace";
		arguments[2] = folder.resolve("traces").toString();
		System.arraycopy(command, 0, arguments, 3, command.length);
		return Main.execute(arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
	}

	/** A folder as a build leaves it, with a library for that processor. */
	private Path library(String machine) throws IOException {
		Path lib = Files.createDirectories(folder.resolve("native " + machine).resolve("linux-" + machine).resolve("lib"));
		Files.createFile(lib.resolve("libheaplens_hiai.so"));
		return lib;
	}

	private Path elf(String name, int machine, ByteOrder order) throws IOException {
		ByteBuffer head = ByteBuffer.allocate(64).order(order).put(new byte[]{0x7F, 'E', 'L', 'F', 2});
		head.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).putShort(18, (short) machine);
		Path file = Files.write(folder.resolve(name), head.array());
		assertEquals(true, file.toFile().setExecutable(true));
		return file;
	}

	@ParameterizedTest
	@CsvSource({"exit 0, 0", "exit 7, 7", "kill -9 $$, 137", "kill -TERM $$, 143", "kill -SEGV $$, 139"})
	void theExitCodeIsThatOfTheProgramOrOfItsSignal(String script, int code) {
		assertEquals(code, run("--", "/bin/sh", "-c", script));
	}

	@ParameterizedTest
	@ValueSource(strings = {"INT", "HUP", "TERM"})
	void aSignalIsHandedOn(String name) throws IOException, InterruptedException {
		assumeFalse(ignored(new Signal(name)),
				() -> "whoever started this ignores " + name + ", as nohup does, and so do all that it starts");
		Process program = new ProcessBuilder("setsid", "/bin/sh", "-c", "trap 'exit 42' " + name + "; echo ready; read line").start();
		try (var signals = new Signals(program, () -> false)) {
			assertEquals("ready", program.inputReader().readLine());
			Signal.raise(new Signal(name));
			assertEquals(42, program.waitFor());
		} finally {
			program.destroyForcibly();
		}
	}

	private static boolean ignored(Signal signal) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
			String mask = lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow().substring(7).strip();
			return (Long.parseUnsignedLong(mask, 16) >> (signal.getNumber() - 1) & 1) == 1;
		}
	}

	@Test
	void whatTheTerminalSendsToAllIsNotSentTwice() throws IOException, InterruptedException {
		Process program = new ProcessBuilder("setsid", "/bin/sh", "-c", "trap 'exit 41' INT; trap 'exit 42' TERM; echo ready; read line")
				.start();
		try (var signals = new Signals(program, () -> true)) {
			assertEquals("ready", program.inputReader().readLine());
			Signal.raise(new Signal("INT"));
			Signal.raise(new Signal("TERM"));
			assertEquals(42, program.waitFor());
		} finally {
			program.destroyForcibly();
		}
	}

	@Test
	void programsFindTheLibraryBehindWhatTheyHad() throws IOException {
		Path other = library("other");
		Path lib = library(Program.thisMachine());
		System.setProperty(LIBRARIES, other.getParent().getParent() + File.pathSeparator + lib.getParent().getParent());
		String own = Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).map(value -> value + File.pathSeparator).orElse("");
		assertEquals(0, run("--", "/bin/sh", "-c", "test \"$LD_LIBRARY_PATH\" = '" + own + lib + "' && test -z \"$LD_PRELOAD\""),
				err::toString);
	}

	@Test
	void aProgramForAnotherProcessorFindsItsLibrary() throws IOException {
		assertEquals(Optional.empty(), NativeLibrary.folder("aarch64"));
		Path lib = library("aarch64");
		System.setProperty(LIBRARIES, lib.getParent().getParent().toString());
		assertEquals(Optional.of("aarch64"), Program.of(elf("program", 183, ByteOrder.LITTLE_ENDIAN).toString()).machine());
		assertEquals(Optional.of(lib), NativeLibrary.folder("aarch64"));
	}

	@Test
	void withoutALibraryNothingIsPreloaded() {
		System.setProperty(LIBRARIES, folder.toString());
		assertEquals(Main.COULD_NOT_RUN, run("--preload", "--", "/bin/true"));
		assertEquals(
				"heaplens: there is no HiAI library for " + Program.thisMachine() + " to preload; ./heaplens builds it for this machine\n",
				err.toString());
	}

	@Test
	void programsInJavaAreToldOfTheLibraryUnlessTheyName() throws IOException {
		Path lib = library(Program.thisMachine());
		Path jni = Files.createFile(lib.resolveSibling("libheaplens_jni.so"));
		System.setProperty(LIBRARIES, lib.getParent().getParent().toString());
		String script = "test \"$HEAPLENS_LIBRARY\" = '%s' && test \"$HEAPLENS_JNI\" = '" + jni + "'";
		assertEquals(0, run("--", "/bin/sh", "-c", script.formatted(lib.resolve("libheaplens_hiai.so"))), err::toString);
		assertEquals(0, run("--set", "library=/my/own.so", "--", "/bin/sh", "-c", script.formatted("/my/own.so")), err::toString);
	}

	@ParameterizedTest
	@CsvSource({"17.0.2, native, ''", "23, native, ''", "24, native, --enable-native-access=ALL-UNNAMED -cp x Main",
		"25.0.1, native, --enable-native-access=ALL-UNNAMED -cp x Main", "25.0.1, simulator, ''"})
	void aJvmThatWouldWarnOfTheLibraryIsToldBefore(String version, String driver, String arguments) throws IOException {
		Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
		Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
		String expected = arguments.isEmpty() ? "-cp x Main" : arguments;
		Path java = Files.writeString(bin.resolve("java"), "#! /bin/sh\ntest \"$*\" = '" + expected + "'\n");
		assertEquals(true, java.toFile().setExecutable(true));
		Path link = Files.createSymbolicLink(folder.resolve("java"), java);
		assertEquals(0, run("--set", "driver=" + driver, "--", link.toString(), "-cp", "x", "Main"), err::toString);
	}

	@Test
	void aJvmThatIsToldOfTheDriverItselfIsTakenAtItsWord() throws IOException {
		Path jdk = Path.of(System.getProperty("java.home"));
		Program java = Program.of(jdk.resolve("bin/java").toString());
		List<String> command = List.of("java", "-Dheaplens.driver=native", "Main");
		List<String> more = List.of("java", "--enable-native-access=ALL-UNNAMED", "-Dheaplens.driver=native", "Main");
		assertEquals(Runtime.version().feature() < 24 ? command : more, JavaLauncher.quiet(command, java, Map.of()));
		assertEquals(command, JavaLauncher.quiet(command, Program.of("/bin/sh"), Map.of()));
		assertEquals(command, JavaLauncher.quiet(command, Program.of("/no/java"), Map.of()));
	}

	@Test
	void aProgramThatIsNotThereIsOneLine() {
		assertEquals(Main.COULD_NOT_RUN, run("--", "no-such-program"));
		assertEquals("heaplens: there is no program no-such-program on the PATH\n", err.toString());
	}

	@Test
	void aProgramForAnotherProcessorIsOneLineAndNotAScript() throws IOException {
		Path sparc = elf("sparc", 43, ByteOrder.BIG_ENDIAN);
		assertEquals(Main.COULD_NOT_RUN, run("--", sparc.toString()));
		assertEquals("heaplens: " + sparc + " is a program for machine 43, and this is " + Program.thisMachine() + "\n", err.toString());
	}

	@Test
	void eachReasonNotToStartIsSaid() throws IOException {
		Path missing = folder.resolve("missing");
		assertEquals("there is no " + missing, whyNot(missing));
		assertEquals(folder + " is a folder, not a program", whyNot(folder));
		Path plain = Files.createFile(folder.resolve("plain"));
		assertEquals(plain + " is not executable; chmod +x " + plain + " makes it so", whyNot(plain));
		Path sparc = elf("sparc", 43, ByteOrder.BIG_ENDIAN);
		assertEquals(sparc + " is a program for machine 43, and this is " + Program.thisMachine(), whyNot(sparc));
		Path script = Files.writeString(folder.resolve("script"), "#! /no/interpreter -x\n");
		assertEquals(true, script.toFile().setExecutable(true));
		assertEquals(script + " is a script for /no/interpreter, which is not here", whyNot(script));
	}

	private static String whyNot(Path file) {
		return Program.of(file.toString()).whyNot(REFUSED);
	}
}
