// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.heaplens.model.trace.TraceReader;

/**
 * The folders into which launched programs record, one for each launch, the oldest of which make room for new ones. Holds no state but
 * the file system's, so any number of threads may use it.
 *
 * @param root  where the folders are
 * @param inUse whether a folder has to stay
 */
public record TraceFolders(Path root, Predicate<Path> inUse) {
	/** So many recordings are kept, the newest. */
	static final int KEPT = 20;
	/** Folders in the order of their names are in the order of their time. */
	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
	/** The file in each folder that names the project, so that a recording finds its sources also after a restart. */
	private static final String PROJECT = "project.txt";
	private static final String BUNDLE = "org.heaplens.ui.heap";

	/** Those of the workspace, in this bundle's own place. */
	public static TraceFolders ofWorkspace() {
		Path state = Platform.getStateLocation(Platform.getBundle(BUNDLE)).toPath();
		return new TraceFolders(state.resolve("traces"), TraceFolders::isWritten);
	}

	/**
	 * Makes a folder for one launch, and room for it.
	 *
	 * @param project whose program is launched; empty if that is not known
	 */
	Path create(String launch, String project) throws IOException {
		Files.createDirectories(root);
		prune();
		String name = STAMP.format(LocalDateTime.now()) + "-" + launch.replaceAll("[^A-Za-z0-9._-]+", "_");
		Path folder = Files.createDirectories(root.resolve(name));
		Files.writeString(folder.resolve(PROJECT), project);
		return folder;
	}

	/** The project whose program recorded into a folder; empty if that is not known. */
	public static String project(Path folder) {
		Path file = folder.resolve(PROJECT);
		try {
			return Files.isRegularFile(file) ? Files.readString(file).strip() : "";
		} catch (IOException e) {
			// Sources are then looked for in all projects.
			return "";
		}
	}

	/** The newest first. */
	public List<Path> newestFirst() throws IOException {
		if (!Files.isDirectory(root)) {
			return List.of();
		}
		try (var folders = Files.list(root)) {
			return folders.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
		}
	}

	private void prune() throws IOException {
		newestFirst().stream().skip(KEPT - 1).filter(inUse.negate()).forEach(TraceFolders::delete);
	}

	private static void delete(Path folder) {
		try (var all = Files.walk(folder)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		} catch (IOException e) {
			// It stays, and the next launch tries again: no reason not to run the program.
			ILog.get().warn("Cannot remove the old recording " + folder, e);
		}
	}

	/** Whether a process records into it. */
	private static boolean isWritten(Path folder) {
		try (var files = Files.list(folder)) {
			return files.anyMatch(TraceFolders::hasWriter);
		} catch (IOException e) {
			// What cannot be listed cannot be removed either.
			return true;
		}
	}

	private static boolean hasWriter(Path trace) {
		try (var reader = TraceReader.open(trace)) {
			return reader.info().writerAlive();
		} catch (IOException e) {
			// No trace, or one that nobody can read: nobody misses it.
			return false;
		}
	}
}
