// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Measures the runtime and the trace against their bars and their peers. Run by hand, never with the tests: time is not a claim that a shared machine can keep. */
package org.heaplens.benchmarks;
