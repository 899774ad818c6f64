// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.StackFrame;

/** A column of the table of events, the same in every format of tables. */
sealed interface Column {
	/** In lower case with underscores, as SQL likes it. */
	String name();

	/** Whole numbers; never absent. */
	record Number(String name, Figure figure) implements Column {}

	/** A moment, in nanoseconds since 1970 in UTC. */
	record Moment(String name, Figure figure) implements Column {}

	/** Text; absent where there is none. */
	record Text(String name, Words words) implements Column {}

	/** Gives the number in a column. */
	interface Figure {
		long of(HeapEvent event);
	}

	/** Gives the text in a column. */
	interface Words {
		@Nullable
		String of(HeapEvent event) throws IOException;
	}

	/** All columns, in their order: who, when, what, where, how it went, from where. */
	static List<Column> all(Recording recording) {
		Map<Integer, HeapInfo> heaps = recording.heaps().stream().collect(Collectors.toMap(HeapInfo::id, heap -> heap));
		Instant begun = recording.info().begun();
		long begunNanos = Math.addExact(Math.multiplyExact(begun.getEpochSecond(), 1_000_000_000L), begun.getNano());
		Map<Integer, String> stacks = new HashMap<>();
		return List.of(
				new Number("pid", event -> recording.info().pid()),
				new Text("heap", event -> heaps.get(event.heap()).name()),
				new Number("sequence", HeapEvent::sequence),
				new Number("time_nanos", HeapEvent::timeNanos),
				new Moment("timestamp", event -> begunNanos + event.timeNanos()),
				new Text("kind", event -> event.kind().name()),
				new Number("offset", HeapEvent::offset),
				new Number("address", event -> heaps.get(event.heap()).baseAddress() + event.offset()),
				new Number("size", HeapEvent::size),
				new Number("requested", HeapEvent::requested),
				new Number("argument", HeapEvent::argument),
				new Text("flag", event -> BlockFlag.of(event.flag()).map(Enum::name).orElse(null)),
				new Number("status", HeapEvent::status),
				new Text("reason", event -> event.reason() == MisuseReason.NONE ? null : event.reason().name()),
				new Text("thread", event -> present(recording.thread(event.thread()))),
				new Text("engine", event -> present(recording.engine(event.engine()))),
				new Text("site", event -> event.stack() == 0 ? null : recording.site(event.stack())),
				new Text("stack", event -> present(stack(recording, stacks, event.stack()))));
	}

	private static @Nullable String present(String text) {
		return text.isEmpty() ? null : text;
	}

	/** All frames, innermost first, with semicolons between them. */
	private static String stack(Recording recording, Map<Integer, String> known, int number) throws IOException {
		String text = known.get(number);
		if (text == null) {
			text = recording.stack(number).stream().map(StackFrame::toString).collect(Collectors.joining(";"));
			known.put(number, text);
		}
		return text;
	}
}
