// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Live views of heaps: what other bundles and tests may ask of them. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.heap;
