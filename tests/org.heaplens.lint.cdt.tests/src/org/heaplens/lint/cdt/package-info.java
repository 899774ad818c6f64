// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What is found in C and C++. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.cdt;
