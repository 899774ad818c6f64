// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.List;

import org.heaplens.lint.flow.Field;

/**
 * A way to something from what a caller knows: fields to follow from a parameter, or from the result. Immutable.
 *
 * @param root the number of the parameter from 0, or {@link #RESULT}
 */
record Place(int root, List<Field> path) {
	static final int RESULT = -1;
	/** What lies behind more fields than this is not told apart. */
	static final int DEEPEST = 4;
	/** An element of a container. */
	static final Field ELEMENT = new Field("", "[]", false);
	/** An element that was taken since the container was last rewound. */
	static final Field TAKEN = new Field("", "[taken]", false);

	Place {
		path = List.copyOf(path);
	}

	Place then(Field field) {
		var longer = new ArrayList<>(path);
		longer.add(field);
		return new Place(root, longer);
	}

	/** The way to what the last field belongs to. */
	Place shorter() {
		return new Place(root, path.subList(0, path.size() - 1));
	}

	/** The first of the closed fields on the way, from its end. */
	boolean endsIn(Field field) {
		return !path.isEmpty() && path.get(path.size() - 1).equals(field);
	}
}
