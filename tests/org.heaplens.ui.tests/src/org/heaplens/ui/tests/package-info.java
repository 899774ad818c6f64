// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Tests in a real workbench. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ui.tests;
