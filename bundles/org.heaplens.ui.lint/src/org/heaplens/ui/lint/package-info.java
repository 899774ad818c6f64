// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Findings of the linter in the workbench: the marker they leave, and who may lint. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.lint;
