// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** {@code heaplens.toml}: found, checked, and handed on, for whatever launches a HiAI application. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.settings;
