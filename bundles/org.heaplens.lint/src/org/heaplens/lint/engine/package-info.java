// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Follows one block along every path of a control-flow graph. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.engine;
