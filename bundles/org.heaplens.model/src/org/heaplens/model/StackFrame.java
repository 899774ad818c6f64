// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * One frame of a call stack.
 *
 * @param className binary name of the declaring class; of machine code the path of the program or library
 * @param method    name of the method or function; of machine code without a name the place in its file
 * @param file      name of the source file, with its path where the code is machine code; empty if unknown
 * @param line      1-based; -1 if unknown
 */
public record StackFrame(String className, String method, String file, int line) {
	/** Begins the file of a frame of machine code whose source has not been looked for: see {@code symbols.NativePlace}. */
	public static final String NATIVE = "native:";

	/** Whether it is machine code's. */
	public boolean isNative() {
		return className.startsWith("/") || file.startsWith(NATIVE);
	}

	/** The source file without its path; empty if unknown. */
	public String fileName() {
		return file.startsWith(NATIVE) ? "" : file.substring(file.lastIndexOf('/') + 1);
	}

	@Override
	public String toString() {
		String name = fileName();
		String place = line < 1 ? name : name + ":" + line;
		if (!isNative()) {
			return className + "." + method + "(" + (name.isEmpty() ? "unknown source" : place) + ")";
		}
		String module = className.substring(className.lastIndexOf('/') + 1);
		// A name that is but a place says the module itself.
		return name.isEmpty() && method.startsWith(module + "+") ? method : method + "(" + (name.isEmpty() ? module : place) + ")";
	}
}
