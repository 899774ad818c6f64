// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * One frame of a call stack.
 *
 * @param className binary name of the declaring class, or the module of a native frame
 * @param method    name of the method or function
 * @param file      name of the source file; empty if unknown
 * @param line      1-based; -1 if unknown
 */
public record StackFrame(String className, String method, String file, int line) {
	@Override
	public String toString() {
		return className + "." + method + "(" + (file.isEmpty() ? "unknown source" : line < 1 ? file : file + ":" + line) + ")";
	}
}
