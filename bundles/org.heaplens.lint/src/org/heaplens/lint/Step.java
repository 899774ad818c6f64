// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

/**
 * One step of the path that leads to a finding. Immutable.
 *
 * @param location where the step happens
 * @param text     what happens there, e.g. {@code allocated here}
 */
public record Step(Location location, String text) {}
