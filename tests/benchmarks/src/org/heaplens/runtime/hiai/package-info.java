// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Opens the native driver's inside to the benchmarks. */
package org.heaplens.runtime.hiai;
