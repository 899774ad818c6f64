// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Holds the shape of the whole: which bundle may require which, and no package cycles. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.structure;
