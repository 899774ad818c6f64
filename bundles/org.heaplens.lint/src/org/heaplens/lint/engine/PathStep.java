// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import org.heaplens.lint.flow.Span;

/** One step of a path through a function: where, and what happens there. Immutable. */
public record PathStep(Span span, String text) {}
