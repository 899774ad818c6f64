// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.sample;

import java.util.List;

import org.heaplens.model.StackFrame;
import org.heaplens.model.symbols.Symbols;

/**
 * Who made a block. Immutable.
 *
 * @param frames the caller's frames, innermost first, without those of the API
 * @param thread name of the thread; empty if unknown
 * @param engine name of the engine; empty if none
 */
public record Origin(List<StackFrame> frames, String thread, String engine) {
	private static final List<String> API = List.of("org.heaplens.runtime.", "java.", "jdk.", "sun.");
	/** Libraries that call the engines of C++ programs, by how their files are called. */
	private static final List<String> LIBRARIES = List.of("libheaplens_hiai.so", "libstdc++.so", "libc.so", "libpthread.so", "ld-linux");

	/** The same with the functions and lines of machine code, as far as they can be found; may take seconds. */
	Origin with(Symbols symbols) {
		return new Origin(symbols.resolve(frames), thread, engine);
	}

	/** Leaves out the frames in which no user has an interest. */
	static List<StackFrame> ofUser(List<StackFrame> frames) {
		return frames.stream().filter(frame -> isOfUser(frame.className())).toList();
	}

	/** @param owner a class, or the file of a program or library */
	private static boolean isOfUser(String owner) {
		String file = owner.substring(owner.lastIndexOf('/') + 1);
		return API.stream().noneMatch(owner::startsWith) && (file.equals(owner) || LIBRARIES.stream().noneMatch(file::startsWith));
	}
}
