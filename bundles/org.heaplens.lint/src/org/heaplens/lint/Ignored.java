// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

/**
 * A finding that the source asks to ignore. Immutable.
 *
 * @param reason what the source gives as reason; empty if none
 */
public record Ignored(Finding finding, String reason) {}
