// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Lints Java: lowers JDT's syntax trees to heap operations. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.jdt;
