// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Follows a trace; no widgets, nothing on the UI thread. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.heap.internal.sample;
