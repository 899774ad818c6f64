// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapBytesTest {
	private static final long GIBIBYTE = 1L << 30;

	private final List<String> warnings = new ArrayList<>();

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	@Test
	void noFileIsLeftAndNoneIsMadeBeforeItIsNeeded() throws IOException {
		var bytes = new HeapBytes(GIBIBYTE, folder.resolve("missing"), warnings::add);
		assertEquals(List.of(), warnings);
		Files.createDirectory(folder.resolve("missing"));
		bytes.extent(0, 64).put(0, (byte) 1);
		try (var left = Files.list(folder.resolve("missing"))) {
			assertEquals(0, left.count());
		}
		assertEquals(List.of(), warnings);
	}

	@Test
	void extentsAreOneMemory() {
		var bytes = new HeapBytes(GIBIBYTE, folder, warnings::add);
		bytes.extent(GIBIBYTE - 128, 64).put(63, (byte) 7);
		assertEquals(7, bytes.extent(GIBIBYTE - 128, 128).get(63));
		assertEquals(0, bytes.extent(GIBIBYTE - 64, 64).get(63));
	}

	@Test
	void withoutAFolderBlocksTakeDirectMemoryAndThatIsSaidOnce() {
		var bytes = new HeapBytes(4 * GIBIBYTE, folder.resolve("missing"), warnings::add);
		ByteBuffer first = bytes.extent(0, 100);
		ByteBuffer second = bytes.extent(3 * GIBIBYTE, 100);
		first.put(99, (byte) 1);
		second.put(99, (byte) 2);
		assertEquals(1, first.get(99));
		assertEquals(100, second.capacity());
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("missing") && warnings.get(0).contains("java.io.tmpdir"), warnings.get(0));
		assertEquals(1, warnings.get(0).lines().count());
	}

	@Test
	void anInterruptedThreadGetsMemoryAndStaysInterrupted() {
		Thread.currentThread().interrupt();
		ByteBuffer bytes = new HeapBytes(GIBIBYTE, folder, warnings::add).extent(0, 64);
		assertTrue(Thread.interrupted());
		assertEquals(64, bytes.capacity());
		assertEquals(List.of(), warnings);
	}

	@Test
	void outsideOfTheHeapIsNothing() {
		var bytes = new HeapBytes(GIBIBYTE, folder, warnings::add);
		assertThrows(IllegalArgumentException.class, () -> bytes.extent(GIBIBYTE - 64, 65));
		assertThrows(IllegalArgumentException.class, () -> bytes.extent(-64, 64));
	}
}
