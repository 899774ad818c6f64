// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Gives readers what no writer would write. */
package org.heaplens.fuzz;
