// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Finds what resolves the types of a project in the files of its build, without running it and without a network. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.lint.jdt.classpath;
