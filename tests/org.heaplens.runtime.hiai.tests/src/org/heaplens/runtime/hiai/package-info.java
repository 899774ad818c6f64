// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Runs the driver on native libraries: HeapLens's own, and small ones that stand for a board's. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.hiai;
