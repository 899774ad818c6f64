// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Lowers JDT syntax trees to control-flow graphs, and mends what the rules find. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.jdt.internal;
