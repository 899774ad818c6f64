// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Lets the Java API run on any native library with the C functions of {@code c_graph.h}: HeapLens's own, or a board's. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.hiai;
