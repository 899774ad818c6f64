// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** The words of HeapLens: sides, heaps, blocks, events, and the state of the heaps that follows from events. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.model;
