// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Turns heaps into pixels; pure, knows neither widgets nor threads. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.heap.internal.scene;
