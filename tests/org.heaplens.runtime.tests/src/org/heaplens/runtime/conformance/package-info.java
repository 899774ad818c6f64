// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Runs the scenarios of tests/conformance against the simulator. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.conformance;
