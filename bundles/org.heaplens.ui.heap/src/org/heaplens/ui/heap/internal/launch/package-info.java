// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Runs HiAI applications on simulated heaps. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.heap.internal.launch;
