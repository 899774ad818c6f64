// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

/** A state with the way that led to it. Immutable. */
record Visit(State state, Trace trace) {}
