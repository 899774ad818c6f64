// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.heaplens.lint.flow.Field;

/** Numbers fields, so that states can name one by a few bits. Confined to one thread. */
final class Values {
	/** The number of the block that is followed. */
	static final int BLOCK = 1;
	/** The number of the first parameter; the others follow. */
	static final int FIRST_PARAMETER = 2;
	private static final int FIELD_BITS = 12;
	private static final int MOST_FIELDS = 1 << FIELD_BITS;

	private final Map<Field, Integer> numbers = new HashMap<>();
	private final List<Field> fields = new ArrayList<>();

	/** The key of an edge of the heap: from an object by a field. */
	int edge(int object, Field field) {
		Integer known = numbers.get(field);
		int number = known == null ? fields.size() : known;
		if (number >= MOST_FIELDS) {
			return edge(object, Field.SOMEWHERE);
		}
		if (known == null) {
			numbers.put(field, number);
			fields.add(field);
		}
		return object << FIELD_BITS | number;
	}

	static int object(int edge) {
		return edge >>> FIELD_BITS;
	}

	/** The smallest key of an edge from an object. */
	static int firstEdge(int object) {
		return object << FIELD_BITS;
	}

	Field field(int edge) {
		return fields.get(edge & MOST_FIELDS - 1);
	}

	/** The edge by the same field from another object. */
	static int moved(int edge, int object) {
		return object << FIELD_BITS | edge & MOST_FIELDS - 1;
	}
}
