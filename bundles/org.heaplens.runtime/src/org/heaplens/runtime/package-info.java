// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The HiAI memory and transfer API for Java.
 *
 * <p>
 * What the calls do is decided by a {@link org.heaplens.runtime.HeapDriver}; the one that comes with this bundle simulates host and device,
 * the one of {@code org.heaplens.runtime.hiai} calls a native library.
 */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime;
