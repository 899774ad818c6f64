// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import java.util.List;

/** What the lint tests write into projects. Constants only. */
final class Sources {
	/** Two methods, each of which leaks on the way out through the early return. */
	static final String LEAKS = """
			package demo;

			import org.heaplens.runtime.HiaiBuffer;
			import org.heaplens.runtime.HiaiMemory;
			import org.heaplens.runtime.MemoryAttr;

			class Leaks {
				int first(boolean early) {
					HiaiBuffer buffer = HiaiMemory.dMalloc(1_048_576, 1000, MemoryAttr.MANUAL_FREE);
					if (early) {
						return -1;
					}
					HiaiMemory.dFree(buffer);
					return 0;
				}

				int second(boolean early) {
					HiaiBuffer other = HiaiMemory.dMalloc(1_048_576, 1000, MemoryAttr.MANUAL_FREE);
					if (early) {
						return -2;
					}
					HiaiMemory.dFree(other);
					return 0;
				}
			}
			""";

	/** Where {@link #LEAKS} leaks. */
	static final List<Integer> LEAKING_LINES = List.of(9, 18);

	/** {@link #LEAKS} with the first leak repaired. */
	static final String FIRST_REPAIRED = LEAKS.replace("\t\t\treturn -1;",
			"\t\t\tHiaiMemory.dFree(buffer);\n\t\t\treturn -1;");

	/** {@link #LEAKS} with both leaks repaired. */
	static final String REPAIRED = FIRST_REPAIRED.replace("\t\t\treturn -2;",
			"\t\t\tHiaiMemory.dFree(other);\n\t\t\treturn -2;");

	/** Two blocks that leak through one exit. */
	static final String ONE_EXIT = """
			package demo;

			import org.heaplens.runtime.*;

			class Leaks {
				void both(boolean early) {
					HiaiBuffer a = HiaiMemory.dMalloc(1_048_576, 1000, MemoryAttr.MANUAL_FREE);
					HiaiBuffer b = HiaiMemory.dMalloc(1_048_576, 1000, MemoryAttr.MANUAL_FREE);
					if (early)
						return;
					HiaiMemory.dFree(a);
					HiaiMemory.dFree(b);
				}
			}
			""";

	/** {@link #ONE_EXIT} repaired. */
	static final String ONE_EXIT_REPAIRED = ONE_EXIT.replace("\t\tif (early)\n\t\t\treturn;\n", """
			\t\tif (early) {
			\t\t\tHiaiMemory.dFree(a);
			\t\t\tHiaiMemory.dFree(b);
			\t\t\treturn;
			\t\t}
			""");

	private Sources() {}
}
