// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Findings, the rules that make them, and their reports; knows neither Java nor C++. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint;
