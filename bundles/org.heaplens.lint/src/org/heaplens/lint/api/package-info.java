// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What functions without source do to blocks: the HiAI API, the platforms, and what users describe, as data. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.api;
