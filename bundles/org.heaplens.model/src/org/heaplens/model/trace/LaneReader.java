// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.MisuseReason;

/** Follows the events of one heap. One thread. */
final class LaneReader {
	private final TraceFile file;
	private final int heap;
	private final List<Long> chunks = new ArrayList<>();
	private @Nullable ByteBuffer chunk;
	private int current;
	private int position = TraceLayout.PIECE_HEADER_SIZE;
	private long sequence;
	private boolean ended;

	LaneReader(TraceFile file, int heap) {
		this.file = file;
		this.heap = heap;
	}

	void add(long chunkNumber) {
		chunks.add(chunkNumber);
	}

	boolean ended() {
		return ended;
	}

	/** Delivers up to {@code maximum} events that were committed since the last call; returns how many. */
	int poll(Consumer<HeapEvent> sink, int maximum) throws IOException {
		int delivered = 0;
		while (delivered < maximum && current < chunks.size()) {
			ByteBuffer source = chunk;
			if (source == null) {
				source = file.chunk(chunks.get(current));
				chunk = source;
				position = TraceLayout.PIECE_HEADER_SIZE;
			}
			int more = pollChunk(source, sink, maximum - delivered);
			delivered += more;
			boolean exhausted = position + TraceLayout.RECORD_SIZE > TraceLayout.CHUNK_SIZE;
			if (!exhausted && (more > 0 || current + 1 == chunks.size())) {
				return delivered;
			}
			current++;
			chunk = null;
		}
		return delivered;
	}

	private int pollChunk(ByteBuffer source, Consumer<HeapEvent> sink, int maximum) throws IOException {
		int delivered = 0;
		while (delivered < maximum && position + TraceLayout.RECORD_SIZE <= source.limit()) {
			long next = (long) TraceLayout.LONG.getAcquire(source, position + TraceLayout.AT_SEQUENCE);
			if (next == 0) {
				return delivered;
			}
			if (next <= sequence) {
				throw file.broken(TraceFile.position(chunks.get(current)) + position,
						"event " + next + " stands behind event " + sequence + " of the same heap");
			}
			sequence = next;
			// A kind that a later version added is passed over.
			Optional<EventKind> kind = EventKind.of(unsigned(source, position + TraceLayout.AT_KIND));
			if (kind.isPresent()) {
				ended |= kind.get() == EventKind.PROCESS_ENDED;
				HeapEvent event = event(source, position, next, kind.get());
				// Step on first: a sink that throws has had its event all the same.
				position += TraceLayout.RECORD_SIZE;
				sink.accept(event);
				delivered++;
			} else {
				position += TraceLayout.RECORD_SIZE;
			}
		}
		return delivered;
	}

	private HeapEvent event(ByteBuffer source, int at, long number, EventKind kind) {
		return new HeapEvent(number, source.getLong(at + TraceLayout.AT_TIME), kind, heap, source.getLong(at + TraceLayout.AT_OFFSET),
				source.getInt(at + TraceLayout.AT_SIZE), source.getInt(at + TraceLayout.AT_REQUESTED),
				source.getLong(at + TraceLayout.AT_ARGUMENT), unsigned(source, at + TraceLayout.AT_FLAG),
				source.getInt(at + TraceLayout.AT_STATUS), MisuseReason.of(unsigned(source, at + TraceLayout.AT_REASON)),
				source.getInt(at + TraceLayout.AT_THREAD), source.getInt(at + TraceLayout.AT_STACK),
				source.getInt(at + TraceLayout.AT_ENGINE));
	}

	private static int unsigned(ByteBuffer source, int at) {
		return Short.toUnsignedInt(source.getShort(at));
	}
}
