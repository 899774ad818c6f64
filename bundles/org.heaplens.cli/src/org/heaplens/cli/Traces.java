// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.heaplens.cli.analysis.Recording;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.trace.TraceReport.State;

/** What the commands on recordings have in common. */
final class Traces {
	private Traces() {}

	/** What a command does with a recording. */
	@FunctionalInterface
	interface Work {
		int with(Recording recording) throws IOException;
	}

	/** Opens a recording, works on it and closes it; says in one line what is wrong with the file. */
	static int read(Path file, Work work) {
		requireFile(file);
		try (Recording recording = Recording.open(file)) {
			int code = work.with(recording);
			recording.missingSymbols().forEach(problem -> System.err.println("heaplens: " + problem));
			return code;
		} catch (Recording.Broken e) {
			throw new CannotRun(Reasons.of(e.why()), e);
		} catch (IOException e) {
			throw new CannotRun(Reasons.of(e), e);
		}
	}

	static void requireFile(Path file) {
		if (!Files.isRegularFile(file)) {
			throw new CannotRun("cannot read " + file + ": " + (Files.exists(file) ? "not a file" : "no such file"));
		}
		if (!Files.isReadable(file)) {
			throw new CannotRun("cannot read " + file + ": permission denied");
		}
	}

	/** The heap that a user means by {@code host}, {@code device0} or {@code device 0}. */
	static HeapInfo heap(List<HeapInfo> heaps, String name) {
		String wanted = plain(name);
		for (HeapInfo heap : heaps) {
			if (plain(heap.name()).equals(wanted)) {
				return heap;
			}
		}
		String known = heaps.stream().map(heap -> plain(heap.name())).collect(Collectors.joining(", "));
		throw new CannotRun("no heap '" + name + "' in this recording; it has " + (known.isEmpty() ? "none" : known));
	}

	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[\\s:]", "");
	}

	/** How the blocks are called that are there in the end. */
	static String left(State state) {
		return switch (state) {
			case ENDED -> "leaked";
			case KILLED -> "left by the killed program";
			case RUNNING -> "live in the running program";
		};
	}
}
