// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Traces: what happened to the heaps of one process, in one file that is written and read through memory. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.model.trace;
