// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.heaplens.model.StackFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of machine code without the tools of the system; with them: see native/tests/symbols. */
class SymbolsTest {
	private static final String ID = "00112233445566778899aabbccddeeff00112233";
	private static final String NO_TOOL = "heaplens-has-no-such-tool";
	private static final Map<String, Long> FUNCTIONS = Map.of("_ZN6camera4loadEiPKc", 0x1000L, "plain", 0x2000L,
			"_ZN8heaplens4Heap7requestEv", 0x3000L);

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	private Symbols symbols() {
		return new Symbols(NO_TOOL, folder.resolve("debug"));
	}

	private static StackFrame raw(Path module, String function, long offset) {
		String place = "0x" + Long.toHexString(offset);
		return new StackFrame(module.toString(), function.isEmpty() ? place : function, "native:" + ID + "+" + place, 0);
	}

	private Path library() throws IOException {
		return TinyElf.write(folder.resolve("libcamera.so"), ID, FUNCTIONS);
	}

	private static String text(List<StackFrame> frames) {
		return String.join(" < ", frames.stream().map(StackFrame::toString).toList());
	}

	@Test
	void aFileHasItsBuildIdAndFunctions() throws IOException {
		ElfFile elf = ElfFile.open(library());
		assertEquals(ID, elf.buildId());
		assertEquals("plain", elf.function(0x200F).orElseThrow());
		assertTrue(elf.function(0x2010).isEmpty());
		assertTrue(elf.function(0).isEmpty());
	}

	@Test
	void functionsComeFromTheTableWhereThereIsNoTool() throws IOException {
		Path library = library();
		try (Symbols symbols = symbols()) {
			List<StackFrame> found = symbols.resolve(List.of(raw(library, "", 0x1008), raw(library, "", 0x2000), raw(library, "", 0x5000)));
			assertEquals("camera::load(libcamera.so) < plain(libcamera.so) < libcamera.so+0x5000", text(found));
			assertEquals(1, symbols.problems().size());
			assertTrue(symbols.problems().get(0).contains("binutils"), symbols.problems().get(0));
		}
	}

	@Test
	void whatTheWriterKnewIsKept() throws IOException {
		Path library = library();
		try (Symbols symbols = symbols()) {
			assertEquals("camera::open(libcamera.so)", text(symbols.resolve(List.of(raw(library, "camera::open(int) const", 0x5000)))));
		}
	}

	@Test
	void aFileThatWasBuiltAgainIsNotUsedButSaid() throws IOException {
		Path library = TinyElf.write(folder.resolve("libcamera.so"), ID.replace('0', '1'), FUNCTIONS);
		try (Symbols symbols = symbols()) {
			assertEquals("libcamera.so+0x1008", text(symbols.resolve(List.of(raw(library, "", 0x1008)))));
			assertEquals(List.of(library + " was built again since this was recorded: its functions and lines are not known"),
					symbols.problems());
		}
	}

	@Test
	void aFileThatIsGoneIsSaid() {
		Path library = folder.resolve("libgone.so");
		try (Symbols symbols = symbols()) {
			assertEquals("libgone.so+0x1008", text(symbols.resolve(List.of(raw(library, "", 0x1008)))));
			assertEquals(List.of(library + " is not there any more: its functions and lines are not known"), symbols.problems());
		}
	}

	@Test
	void aDebugFileOfTheSameBuildIdIsUsed() throws IOException {
		Path library = TinyElf.write(folder.resolve("libcamera.so"), ID, Map.of());
		Path debug = Files.createDirectories(folder.resolve("debug").resolve(ID.substring(0, 2)));
		TinyElf.write(debug.resolve(ID.substring(2) + ".debug"), ID, FUNCTIONS);
		try (Symbols symbols = symbols()) {
			assertEquals("plain(libcamera.so)", text(symbols.resolve(List.of(raw(library, "", 0x2004)))));
		}
	}

	@Test
	void framesOfTheApiAreLeftOutUnlessThereAreNoOthers() throws IOException {
		Path library = library();
		try (Symbols symbols = symbols()) {
			StackFrame own = raw(library, "", 0x3000);
			assertEquals("plain(libcamera.so)", text(symbols.resolve(List.of(own, raw(library, "", 0x2000)))));
			assertEquals(List.of(own), symbols.resolve(List.of(own)));
		}
	}

	@Test
	void whatIsNoMachineCodeStaysAsItIs() {
		var frames = List.of(new StackFrame("a.B", "run", "B.java", 7), new StackFrame("a.B", "odd", "native:no offset", -1));
		try (Symbols symbols = symbols()) {
			assertSame(frames, symbols.resolve(frames));
			assertTrue(symbols.problems().isEmpty());
		}
		assertEquals("a.B.run(B.java:7)", frames.get(0).toString());
	}

	@Test
	void damagedFilesAreProblemsAndNothingElse() throws IOException {
		byte[] whole = Files.readAllBytes(library());
		var random = new Random();
		long seed = random.nextLong();
		random.setSeed(seed);
		for (int round = 0; round < 2000; round++) {
			byte[] damaged = Arrays.copyOf(whole, round % 4 == 0 ? random.nextInt(whole.length) : whole.length);
			for (int change = 0; change < 3 && damaged.length > 0; change++) {
				damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
			}
			Path library = Files.write(folder.resolve("libdamaged.so"), damaged);
			try (Symbols symbols = symbols()) {
				assertEquals(1, symbols.resolve(List.of(raw(library, "", 0x2000))).size(), "seed " + seed + ", round " + round);
			}
		}
	}

	@Test
	void whatIsNoLibraryIsSaid() throws IOException {
		Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n".repeat(20));
		assertThrows(IOException.class, () -> ElfFile.open(script));
		try (Symbols symbols = symbols()) {
			symbols.resolve(List.of(raw(script, "", 1)));
			assertEquals(List.of(script + " is no ELF file of 64 bits: its functions and lines are not known"), symbols.problems());
		}
	}

	@Test
	void namesAreShortenedToWhatPeopleSay() {
		assertEquals("demo::load", Names.withoutParameters("demo::load(int, char const*) const"));
		assertEquals("main::{lambda(int)#1}::operator()", Names.withoutParameters("main::{lambda(int)#1}::operator()(int) const"));
		assertEquals("(anonymous namespace)::fill", Names.withoutParameters("(anonymous namespace)::fill(std::function<void (int)>)"));
		assertEquals("(anonymous namespace)::fill", Names.withoutParameters("(anonymous namespace)::fill"));
		assertEquals("std::function<void (int)>::call", Names.withoutParameters("std::function<void (int)>::call(int) const"));
		assertEquals("main", Names.withoutParameters("main"));
		assertEquals("a::b", Names.readable("_ZNK1a1bEv"));
		assertEquals("fill", Names.readable("_Z4filli"));
		assertEquals("(anonymous namespace)::f", Names.readable("_ZN12_GLOBAL__N_11fEv"));
		assertEquals("_ZN1aIiE1bEv", Names.readable("_ZN1aIiE1bEv"));
		assertEquals("_ZN99999999999", Names.readable("_ZN99999999999"));
		assertFalse(Names.readable("_Z4").isEmpty());
	}
}
