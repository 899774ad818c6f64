// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Heaps of offsets and bytes: the allocator, and the memory behind it. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.internal.heap;
