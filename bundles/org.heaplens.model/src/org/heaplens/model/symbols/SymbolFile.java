// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.StackFrame;

/**
 * Where the source of one program or library is looked up: its file with the system's {@code addr2line}, or, where there is none, the table of
 * functions in it. A debug file of the system with the same build id is better than the file itself. One thread.
 */
final class SymbolFile implements AutoCloseable {
	private final String addr2line;
	private final Consumer<String> problems;
	private final List<ElfFile> tables;
	private final @Nullable Path lines;
	private @Nullable LineTool tool;
	private boolean toolFailed;

	private SymbolFile(String addr2line, Consumer<String> problems, List<ElfFile> tables, @Nullable Path lines) {
		this.addr2line = addr2line;
		this.problems = problems;
		this.tables = tables;
		this.lines = lines;
	}

	/**
	 * Finds the file of a module, and that with its debug information.
	 *
	 * @param module   its path when it was recorded
	 * @param buildId  that it had then; empty if it had none
	 * @param debug    the system's folder of debug files, by build id
	 * @param problems told why the file is not used
	 */
	static SymbolFile of(String module, String buildId, String addr2line, Path debug, Consumer<String> problems) {
		Optional<ElfFile> itself = Optional.empty();
		// What has no path is none of the file system's: the part of the kernel that is in each process.
		if (module.startsWith("/") && module.indexOf('\0') < 0) {
			itself = itself(Path.of(module), buildId, problems);
		}
		Optional<Path> debugFile = buildId.length() < 3
				? Optional.empty()
				: Optional.of(debug.resolve(buildId.substring(0, 2)).resolve(buildId.substring(2) + ".debug")).filter(Files::isRegularFile);
		Optional<ElfFile> separate = debugFile.flatMap(file -> open(file, problems)).filter(elf -> elf.buildId().equals(buildId));
		Optional<Path> lines = separate.isPresent() ? debugFile : itself.map(ElfFile::file);
		List<ElfFile> tables = Stream.of(separate, itself).flatMap(Optional::stream).toList();
		return new SymbolFile(addr2line, problems, tables, lines.isPresent() ? lines.get() : null);
	}

	private static Optional<ElfFile> itself(Path path, String buildId, Consumer<String> problems) {
		if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
			problems.accept(path + " is not there any more: its functions and lines are not known");
			return Optional.empty();
		}
		Optional<ElfFile> elf = open(path, problems);
		if (elf.isPresent() && !buildId.isEmpty() && !elf.get().buildId().equals(buildId)) {
			problems.accept(path + " was built again since this was recorded: its functions and lines are not known");
			return Optional.empty();
		}
		return elf;
	}

	private static Optional<ElfFile> open(Path path, Consumer<String> problems) {
		try {
			return Optional.of(ElfFile.open(path));
		} catch (IOException e) {
			problems.accept(e.getMessage() + ": its functions and lines are not known");
			return Optional.empty();
		}
	}

	/** The frames at that place, those of inlined functions first; at least one. */
	List<StackFrame> frames(NativePlace place) {
		List<StackFrame> frames = byLines(place);
		if (!frames.isEmpty()) {
			return frames;
		}
		String function = place.function().isEmpty() ? byTable(place.offset()) : Names.withoutParameters(place.function());
		return List.of(new StackFrame(place.module(), function.isEmpty() ? place.text() : function, "", -1));
	}

	private List<StackFrame> byLines(NativePlace place) {
		Path file = lines;
		if (file == null || toolFailed) {
			return List.of();
		}
		try {
			LineTool asked = tool;
			if (asked == null) {
				asked = LineTool.start(addr2line, file);
				tool = asked;
			}
			List<LineTool.Line> found = asked.lines(place.offset());
			boolean hasFunction = found.stream().anyMatch(line -> !line.function().isEmpty());
			// Without debug information the tool names the function that begins before, wherever that ends.
			boolean isThere = found.stream().anyMatch(line -> !line.file().isEmpty()) || !byTable(place.offset()).isEmpty();
			return hasFunction && isThere ? found.stream().map(line -> frame(place, line)).toList() : List.of();
		} catch (IOException e) {
			toolFailed = true;
			problems.accept("lines of " + file + " are not known: " + e.getMessage() + "; Debian's package binutils has addr2line");
			return List.of();
		}
	}

	private static StackFrame frame(NativePlace place, LineTool.Line line) {
		String function = line.function().isEmpty() ? place.text() : Names.withoutParameters(line.function());
		return new StackFrame(place.module(), function, line.file(), line.line());
	}

	private String byTable(long offset) {
		for (ElfFile table : tables) {
			try {
				Optional<String> name = table.function(offset);
				if (name.isPresent()) {
					return Names.readable(name.get());
				}
			} catch (IOException e) {
				problems.accept(e.getMessage() + ": its functions are not known");
			}
		}
		return "";
	}

	@Override
	public void close() {
		LineTool asked = tool;
		if (asked != null) {
			asked.close();
		}
	}
}
