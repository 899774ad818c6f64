// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import org.heaplens.lint.flow.Span;

/**
 * One step of a path: where, and what happens there. Immutable.
 *
 * @param file how findings name the file; empty for the file of the function that is analysed
 */
public record PathStep(String file, Span span, String text) {}
