// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.Variable;

/** The names that are declared in a block of statements. Confined to one thread. */
final class Scope {
	/**
	 * What a name means.
	 *
	 * @param variable holds the value; of a pointer reference, something whose content is the value
	 * @param type     the last word of the name of its type; empty if there is none
	 */
	record Local(Variable variable, Kind kind, String type) {}

	final @Nullable Scope outer;
	private final Map<String, Local> locals = new HashMap<>();
	private final List<Variable> own = new ArrayList<>();

	Scope(@Nullable Scope outer) {
		this.outer = outer;
	}

	void declare(String name, Local local) {
		locals.put(name, local);
		own.add(local.variable());
	}

	/** Another name for a variable that ends elsewhere. */
	void alias(String name, Local local) {
		locals.put(name, local);
	}

	/** What ends with the block. */
	List<Variable> own() {
		return own;
	}

	Optional<Local> find(String name) {
		for (Scope scope = this; scope != null; scope = scope.outer) {
			Local local = scope.locals.get(name);
			if (local != null) {
				return Optional.of(local);
			}
		}
		return Optional.empty();
	}
}
