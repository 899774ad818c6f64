// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Tests of the examples, run as their users run them. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.examples;
