// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What a run found, compared with earlier runs, and written for people and for programs. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.report;
