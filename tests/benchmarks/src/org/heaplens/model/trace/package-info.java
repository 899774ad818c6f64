// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** In the package of the trace format, whose layout is not public. */
package org.heaplens.model.trace;
