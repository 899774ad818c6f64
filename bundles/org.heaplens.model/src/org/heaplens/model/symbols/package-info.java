// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Finds the functions and source lines of machine code. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.model.symbols;
