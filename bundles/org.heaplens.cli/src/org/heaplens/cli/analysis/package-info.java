// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What recordings say: leaks, statistics, rules. Knows no command line. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.cli.analysis;
