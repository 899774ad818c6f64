// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.heaplens.model.StackFrame;

/**
 * Finds function, file and line of frames of machine code, which a trace knows by module, build id and offset only. Looks into a file when it is
 * first needed, and keeps what it found. Threads may share it; who asks may wait for seconds.
 */
public final class Symbols implements AutoCloseable {
	private static final Path DEBUG = Path.of("/usr/lib/debug/.build-id");
	/** Functions of HeapLens on the way to the heap: of no interest to who calls them. */
	private static final List<String> API = List.of("heaplens::", "hiai::HIAIMemory::", "HIAI_DMalloc", "HIAI_DVPP_DMalloc");

	private final String addr2line;
	private final Path debug;
	private final Map<String, SymbolFile> files = new HashMap<>();
	private final Map<StackFrame, List<StackFrame>> known = new HashMap<>();
	private final Set<String> problems = new LinkedHashSet<>();
	private boolean closed;

	public Symbols() {
		this("addr2line", DEBUG);
	}

	/**
	 * @param addr2line the program to ask
	 * @param debug     folder of debug files, by build id
	 */
	Symbols(String addr2line, Path debug) {
		this.addr2line = addr2line;
		this.debug = debug;
	}

	/** Whether these frames are not yet what {@link #resolve} would make of them. */
	public static boolean isNeeded(List<StackFrame> frames) {
		return frames.stream().anyMatch(frame -> NativePlace.of(frame).isPresent());
	}

	/**
	 * The same stack with functions, files and lines, as far as they can be found. Functions that were inlined have frames of their own; those
	 * of the API, innermost, are left out. What is no machine code stays as it is.
	 */
	public synchronized List<StackFrame> resolve(List<StackFrame> frames) {
		if (closed || !isNeeded(frames)) {
			return frames;
		}
		var result = new ArrayList<StackFrame>();
		for (StackFrame frame : frames) {
			for (StackFrame found : known.computeIfAbsent(frame, this::find)) {
				if (!result.isEmpty() || !isOfApi(found)) {
					result.add(found);
				}
			}
		}
		return result.isEmpty() ? frames : List.copyOf(result);
	}

	/** Why some frames have no function or line; one sentence for each file. */
	public synchronized List<String> problems() {
		return List.copyOf(problems);
	}

	private List<StackFrame> find(StackFrame frame) {
		Optional<NativePlace> found = NativePlace.of(frame);
		if (found.isEmpty()) {
			return List.of(frame);
		}
		NativePlace place = found.get();
		return files.computeIfAbsent(place.buildId() + " " + place.module(),
				key -> SymbolFile.of(place.module(), place.buildId(), addr2line, debug, problems::add)).frames(place);
	}

	private static boolean isOfApi(StackFrame frame) {
		return frame.isNative() && API.stream().anyMatch(frame.method()::startsWith);
	}

	/** Ends what was started; later stacks stay as they are. */
	@Override
	public synchronized void close() {
		closed = true;
		files.values().forEach(SymbolFile::close);
		files.clear();
	}
}
