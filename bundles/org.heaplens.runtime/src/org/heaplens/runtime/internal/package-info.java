// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** The simulator: host and device in one process. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.internal;
