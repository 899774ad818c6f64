// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.hiai.Child.Ended;
import org.heaplens.runtime.hiai.Child.Jdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program prints whose driver cannot be loaded, or can: on each JDK of this machine. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LoadingTest {
	private static final String FAILS = "Exception in thread \"main\" org.heaplens.runtime.NoDriverException: ";
	private static final int X86_64 = 62;
	private static final int AARCH64 = 183;
	private static final int SHARED = 3;
	private static final int PROGRAM = 2;

	@TempDir
	Path folder = Path.of("");

	/** A program that makes a block, writes to it, and frees it. */
	static final class Program {
		public static void main(String[] arguments) {
			try (HiaiBuffer block = HiaiMemory.allocate(1000, 0, MemoryAttr.MANUAL_FREE).block().orElseThrow()) {
				block.bytes().putInt(996, 7);
				System.out.println(block.size() + " " + block.bytes().getInt(996));
			}
		}
	}

	/** A program that calls again after the first call has failed. */
	static final class Stubborn {
		public static void main(String[] arguments) {
			for (int call = 0; call < 2; call++) {
				try {
					HiaiMemory.dMalloc(1000);
				} catch (RuntimeException e) {
					System.out.println(e.getMessage());
				}
			}
		}
	}

	static List<Jdk> jdks() throws IOException {
		return Child.jdks();
	}

	private static Map<String, String> on(Path library) {
		return Map.of("driver", "native", "library", library.toString(), "jni", Natives.jni().toString());
	}

	private static void fails(String why, Ended ended) {
		assertEquals(FAILS + why + "\n", ended.output());
		assertEquals(1, ended.code());
	}

	private Path elf(String name, int machine, int type) throws IOException {
		ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
		header.put(new byte[]{0x7F, 'E', 'L', 'F', 2, 1, 1}).putShort(16, (short) type).putShort(18, (short) machine);
		return Files.write(folder.resolve(name), header.array());
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void aLibraryWorksWithoutAWord(Jdk jdk) throws Exception {
		assertEquals(new Ended(0, "1000 7\n"), Child.run(jdk, on(Natives.board("board")), Program.class));
		assertEquals(new Ended(0, "1000 7\n"), Child.run(jdk, on(Natives.board("board_of_c")), Program.class));
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void aMissingFunctionIsNamed(Jdk jdk) throws Exception {
		Path library = Natives.board("board_without_free");
		fails("cannot use the HiAI library " + library + ": it has no function HIAI_DFree", Child.run(jdk, on(library), Program.class));
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void aLibraryOfAnotherProcessorIsTold(Jdk jdk) throws Exception {
		String here = SharedObject.processor();
		String other = here.equals("aarch64") ? "x86_64" : "aarch64";
		Path library = elf("other.so", here.equals("aarch64") ? X86_64 : AARCH64, SHARED);
		fails("cannot load the HiAI library: " + library + " is for " + other + ", this JVM is " + here,
				Child.run(jdk, on(library), Program.class));
	}

	@Test
	void whatIsNoHiaiLibraryIsToldByWhatItLacks() throws Exception {
		Path library = Natives.board("no_board");
		fails("cannot use the HiAI library " + library + ": it has no function HIAI_DMalloc", run(library));
	}

	@Test
	void aLibraryThatNeedsAMissingOneNamesIt() throws Exception {
		Path library = Natives.board("lost_board");
		fails("cannot use the HiAI library " + library + ": libnowhere.so: cannot open shared object file: No such file or directory",
				run(library));
	}

	@Test
	void aMissingFileIsNamed() throws Exception {
		Path library = folder.resolve("libnot_there.so");
		fails("cannot load the HiAI library: there is no file " + library, run(library));
	}

	@Test
	void whatIsNoLibraryIsTold() throws Exception {
		Path text = Files.writeString(folder.resolve("text.so"), "INPUT(libother.so) and more, so that it is long enough");
		fails("cannot load the HiAI library: " + text + " is no shared library", run(text));
		Path empty = Files.writeString(folder.resolve("empty.so"), "");
		fails("cannot load the HiAI library: " + empty + " is no shared library", run(empty));
		Path program = elf("program", SharedObject.processor().equals("aarch64") ? AARCH64 : X86_64, PROGRAM);
		fails("cannot load the HiAI library: " + program + " is no shared library", run(program));
		fails("cannot load the HiAI library: " + folder + " is no file that may be read", run(folder));
	}

	@Test
	void aLibraryThatEndsTooEarlyIsToldByTheSystem() throws Exception {
		Path library = elf("half.so", SharedObject.processor().equals("aarch64") ? AARCH64 : X86_64, SHARED);
		Ended ended = run(library);
		assertTrue(ended.output().startsWith(FAILS + "cannot use the HiAI library " + library + ": "), ended::output);
		assertEquals(1, ended.output().lines().count(), ended::output);
	}

	@Test
	void noLibraryIsToldWithTheSettingThatNamesOne() throws Exception {
		fails("the driver native needs a library: set -Dheaplens.library=FILE, or HEAPLENS_LIBRARY",
				Child.run(jdk(), Map.of("driver", "native"), Program.class));
	}

	@Test
	void eachCallSaysIt() throws Exception {
		Path library = folder.resolve("libnot_there.so");
		String line = "cannot load the HiAI library: there is no file " + library + "\n";
		assertEquals(new Ended(0, line + line), Child.run(jdk(), on(library), Stubborn.class));
	}

	@Test
	void aConnectionThatIsMissingOrNoneIsNamed() throws Exception {
		var settings = new HashMap<>(on(Natives.board("board")));
		Path missing = folder.resolve("libmissing.so");
		settings.put("jni", missing.toString());
		fails("cannot load libheaplens_jni.so: there is no file " + missing, Child.run(jdk(), settings, Program.class));
		settings.remove("jni");
		fails("there is no libheaplens_jni.so for " + SharedObject.processor() + " in HeapLens or beside " + Natives.board("board")
				+ "; set -Dheaplens.jni=FILE, or HEAPLENS_JNI", Child.run(jdk(), settings, Program.class));
	}

	@Test
	void aConnectionIsFoundBesideTheLibrary() throws Exception {
		Path library = Files.copy(Natives.board("board"), folder.resolve("libboard.so"));
		Files.copy(Natives.jni(), folder.resolve("libheaplens_jni.so"));
		assertEquals(new Ended(0, "1000 7\n"),
				Child.run(jdk(), Map.of("driver", "native", "library", library.toString()), Program.class));
	}

	@Test
	void aConnectionInAJarIsUnpackedAndLeavesNothingBehind() throws Exception {
		Path jar = jarWithConnection();
		Path temporary = Files.createDirectory(folder.resolve("tmp"));
		var settings = Map.of("driver", "native", "library", Natives.board("board").toString());
		List<String> options = List.of("-Djava.io.tmpdir=" + temporary);
		assertEquals(new Ended(0, "1000 7\n"), Child.run(jdk(), settings, options, with(jar), Program.class));
		try (var left = Files.list(temporary)) {
			assertEquals(List.of(), left.filter(path -> path.getFileName().toString().startsWith("heaplens")).toList());
		}
	}

	@Test
	void aTemporaryFolderThatCannotBeWrittenIsNamedWithWaysOut() throws Exception {
		// Nobody can make a file there, not even root.
		Path closed = Path.of("/proc");
		var settings = Map.of("driver", "native", "library", Natives.board("board").toString());
		fails("cannot unpack libheaplens_jni.so into /proc (nothing can be made there); set -Djava.io.tmpdir=FOLDER, or unpack it yourself "
				+ "and set -Dheaplens.jni=FILE",
				Child.run(jdk(), settings, List.of("-Djava.io.tmpdir=" + closed), with(jarWithConnection()), Program.class));
	}

	@Test
	void theClassesOfADriverThatIsNotThereAreNamed() throws Exception {
		List<Path> without = Child.classPath().stream().filter(path -> !path.equals(Child.origin(NativeDriver.class))).toList();
		fails("the setting driver is native, but its classes are not on the class path; add org.heaplens.runtime.hiai, or run with "
				+ "heaplens run", Child.run(jdk(), on(Natives.board("board")), List.of(), without, Program.class));
	}

	private static List<Path> with(Path jar) {
		var classPath = new ArrayList<>(Child.classPath());
		classPath.add(jar);
		return classPath;
	}

	private Path jarWithConnection() throws IOException {
		Path jar = folder.resolve("natives.jar");
		try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("native/linux-" + SharedObject.processor() + "/libheaplens_jni.so"));
			Files.copy(Natives.jni(), out);
			out.closeEntry();
		}
		return jar;
	}

	private static Jdk jdk() throws IOException {
		return Child.jdks().get(0);
	}

	private static Ended run(Path library) throws IOException, InterruptedException {
		return Child.run(jdk(), on(library), Program.class);
	}
}
