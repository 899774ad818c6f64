// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** The Heaps view and its perspective. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.heap.internal.view;
