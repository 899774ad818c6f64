// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** The command line: lint, run and trace, in a plain JVM. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.cli;
