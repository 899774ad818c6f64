// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.List;

import org.heaplens.lint.engine.Moment;

/**
 * A finding with what a front end needs to fix it. Immutable.
 *
 * @param finding has no fixes yet
 * @param moments what the finding is about, in the order in which they were met; at least one
 */
public record Diagnosis(Finding finding, List<Moment> moments) {
	public Diagnosis {
		moments = List.copyOf(moments);
	}
}
