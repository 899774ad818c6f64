// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** How figures and tables are written for people, and read from them. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.cli.text;
