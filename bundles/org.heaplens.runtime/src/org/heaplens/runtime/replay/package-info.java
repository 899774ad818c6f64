// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Heaps without memory and without clocks: what would have happened to the same requests in another heap. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.replay;
