// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

/**
 * Something that kept a file, or a part of it, from being analysed. Immutable.
 *
 * @param file    the file as the caller named it
 * @param line    1-based; 0 where the whole file is meant
 * @param message one sentence for a user
 */
public record LintProblem(String file, int line, String message) {}
