// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import java.io.IOException;
import java.nio.file.Path;

import org.heaplens.model.Block;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.TraceHistory;

/** Prints where the blocks come from that are left in a recording, one a line: for {@code native/tests/symbols}. */
final class StackText {
	private StackText() {}

	public static void main(String[] arguments) throws IOException {
		try (TraceHistory history = TraceHistory.open(Path.of(arguments[0])); var symbols = new Symbols()) {
			for (HeapSnapshot heap : history.atEnd()) {
				for (Block block : heap.blocks()) {
					var frames = symbols.resolve(history.stack(block.stack())).stream().map(StackFrame::toString).toList();
					System.out.println(block.requested() + ": " + String.join(" < ", frames));
				}
			}
			symbols.problems().forEach(System.out::println);
		}
	}
}
