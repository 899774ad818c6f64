// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** How C and C++ become heap operations. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.cdt.internal;
