// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** What a run can be told: the table of all settings, for the runtime that obeys them and for the tools that hand them on. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.runtime.settings;
