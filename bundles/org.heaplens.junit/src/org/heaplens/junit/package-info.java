// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Tests that fail when a block is leaked or misused. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.junit;
