// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** In the package of what it tests, which is not public. */
package org.heaplens.model.trace;
