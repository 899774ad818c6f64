// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Lints C and C++: lowers CDT's syntax trees to heap operations. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.cdt;
