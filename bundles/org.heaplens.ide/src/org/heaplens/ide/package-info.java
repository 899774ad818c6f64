// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** The product's own part: its name, and the demo. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.ide;
