// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What drivers share. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.driver;
