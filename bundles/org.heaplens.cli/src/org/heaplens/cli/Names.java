// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;

/** Writes a few of the names behind numbers of a trace. */
final class Names {
	private static final int SHOWN = 2;

	private Names() {}

	/** Looks a name up. */
	@FunctionalInterface
	interface Lookup {
		String name(int number) throws IOException;
	}

	/** {@code main}, {@code main, decode}, {@code main, decode +3}; {@code -} for none. */
	static String some(Collection<Integer> numbers, Lookup lookup) throws IOException {
		var names = new LinkedHashSet<String>();
		for (int number : numbers) {
			String name = lookup.name(number);
			names.add(name.isEmpty() ? "unknown" : name);
		}
		if (names.isEmpty()) {
			return "-";
		}
		String shown = String.join(", ", names.stream().limit(SHOWN).toList());
		return names.size() > SHOWN ? shown + " +" + (names.size() - SHOWN) : shown;
	}
}
