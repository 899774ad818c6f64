// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;

/**
 * What somebody asks a heap for.
 *
 * @param kind     the event that it becomes when it is served
 * @param size     bytes
 * @param argument of that event
 * @param call     who asks; null if nobody wants to know
 */
record Request(EventKind kind, int size, BlockFlag flag, long argument, @Nullable Call call) {}
