// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** HeapLens as goals of Maven. */
package org.heaplens.maven;
