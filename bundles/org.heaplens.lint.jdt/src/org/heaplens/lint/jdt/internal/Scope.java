// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.Variable;

/** The names that are declared at a point of a function. Confined to one thread. */
final class Scope {
	private final @Nullable Scope outer;
	private final Map<String, Variable> variables = new HashMap<>();

	Scope(@Nullable Scope outer) {
		this.outer = outer;
	}

	void declare(String name, Variable variable) {
		variables.put(name, variable);
	}

	Optional<Variable> find(String name) {
		for (Scope scope = this; scope != null; scope = scope.outer) {
			if (scope.variables.containsKey(name)) {
				return Optional.of(scope.variables.get(name));
			}
		}
		return Optional.empty();
	}
}
