// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NonNullByDefault({})
class TraceFoldersTest {
	@TempDir
	Path root;

	@Test
	void newestAreKept() throws IOException {
		var folders = old(path -> false);
		Path created = folders.create("image pipeline", "camera");
		assertEquals(TraceFolders.KEPT, folders.newestFirst().size());
		assertEquals(created, folders.newestFirst().get(0));
		assertTrue(created.getFileName().toString().endsWith("-image_pipeline"));
	}

	@Test
	void aRecordingKnowsItsProject() throws IOException {
		assertEquals("Kamera \u00E4\u00F6",
				TraceFolders.project(new TraceFolders(root, path -> false).create("run", "Kamera \u00E4\u00F6")));
		assertEquals("", TraceFolders.project(root));
	}

	@Test
	void oneThatIsWrittenStays() throws IOException {
		Path oldest = root.resolve("20200101-000000-000-program");
		old(oldest::equals).create("next", "");
		assertTrue(Files.isDirectory(oldest));
	}

	private TraceFolders old(java.util.function.Predicate<Path> inUse) throws IOException {
		for (int number = 0; number < TraceFolders.KEPT + 5; number++) {
			Path folder = Files.createDirectory(root.resolve(String.format("20200101-0000%02d-000-program", number)));
			Files.writeString(folder.resolve("1-1.heaptrace"), "");
		}
		return new TraceFolders(root, inUse);
	}
}
