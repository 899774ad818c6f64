// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What the parts of this bundle share. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.heap.internal;
