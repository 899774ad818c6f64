// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/** The slots of a trace, and whose events are in them now. One thread. */
final class SlotReader {
	private final List<Mapped> slots = new ArrayList<>();
	private final Map<Key, Held> held = new HashMap<>();

	/** A part of a lane. */
	private record Key(int heap, long ordinal) {}

	/** A slot at its place in the file. */
	record Mapped(long position, ByteBuffer bytes) {}

	/** A slot that had events of a lane when it was looked at. */
	record Held(Mapped slot, long generation, long first, long ordinal) {
		/** Whether it still has them, and what was read from it is true. */
		boolean stands() {
			VarHandle.loadLoadFence();
			return (long) TraceLayout.LONG.getVolatile(slot.bytes, TraceLayout.AT_PIECE_GENERATION) == generation;
		}
	}

	void add(long position, ByteBuffer bytes) {
		slots.add(new Mapped(position, bytes));
	}

	/** Looks at all slots again. */
	void refresh() throws IOException {
		held.clear();
		for (Mapped slot : slots) {
			ByteBuffer bytes = slot.bytes;
			if (bytes.limit() < TraceLayout.PIECE_HEADER_SIZE) {
				continue;
			}
			long generation = (long) TraceLayout.LONG.getVolatile(bytes, TraceLayout.AT_PIECE_GENERATION);
			int kind = bytes.getInt(TraceLayout.AT_PIECE_KIND);
			var key = new Key(bytes.getInt(TraceLayout.AT_PIECE_HEAP), bytes.getLong(TraceLayout.AT_PIECE_ORDINAL));
			var now = new Held(slot, generation, bytes.getLong(TraceLayout.AT_PIECE_FIRST), key.ordinal);
			// Odd: it changes hands, and what it held stands elsewhere, or is overwritten.
			if (generation % 2 == 0 && kind == TraceLayout.KIND_EVENTS && now.stands()) {
				held.put(key, now);
			}
		}
	}

	/** The slot with that part of a heap's events, if there is one. */
	@Nullable
	Held get(int heap, long ordinal) {
		return held.get(new Key(heap, ordinal));
	}

	/** The slot with the next part behind that; where a flight recorder has overwritten what was between. */
	@Nullable
	Held next(int heap, long ordinal) {
		Held nearest = null;
		for (Map.Entry<Key, Held> entry : held.entrySet()) {
			Held candidate = entry.getValue();
			if (entry.getKey().heap == heap && candidate.ordinal > ordinal && (nearest == null || candidate.ordinal < nearest.ordinal)) {
				nearest = candidate;
			}
		}
		return nearest;
	}
}
