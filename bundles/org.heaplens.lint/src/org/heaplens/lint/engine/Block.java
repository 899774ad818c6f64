// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.Span;

/**
 * The block that is followed. Immutable.
 *
 * @param name       of the variable that first held it; empty if none did
 * @param allocation where it is allocated, or where the function gets it
 */
public record Block(Family family, Flag flag, String name, Span allocation) {}
