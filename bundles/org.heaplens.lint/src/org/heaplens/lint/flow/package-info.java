// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What a function does to the heap: a control-flow graph of sealed operations, the same for every language. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.flow;
