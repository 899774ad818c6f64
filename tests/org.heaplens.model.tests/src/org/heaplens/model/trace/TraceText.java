// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;

/**
 * Writes the events of a trace as text, heap by heap, but for time and number, and without the one that the end writes: what the native
 * library's {@code operations.cpp} writes while it records.
 */
public final class TraceText {
	private TraceText() {}

	/** @param arguments the file */
	public static void main(String[] arguments) throws IOException {
		var trace = new PlainTrace(Path.of(arguments[0]));
		try (var out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out)))) {
			for (int heap : trace.capacities.keySet()) {
				for (HeapEvent event : trace.events(heap)) {
					if (event.kind() != EventKind.PROCESS_ENDED) {
						out.print(text(event) + "\n");
					}
				}
			}
		}
	}

	private static String text(HeapEvent event) {
		return event.heap() + " " + event.kind().code() + " " + event.offset() + " " + event.argument() + " " + event.size() + " "
				+ Integer.toUnsignedString(event.requested()) + " " + event.thread() + " " + event.stack() + " " + event.engine() + " "
				+ event.status() + " " + event.flag() + " " + event.reason().code();
	}
}
