// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;

/** What the numbers in events mean. Reads entries when they are first asked for. One thread. */
final class DictionaryReader {
	private static final StackFrame UNKNOWN_FRAME = new StackFrame("?", "?", "", -1);

	private final TraceFile file;
	private final List<Chunk> chunks = new ArrayList<>();
	private final Map<Integer, String> strings = new HashMap<>();
	private final Map<Integer, Integer> threads = new HashMap<>();
	private final Map<Integer, StackFrame> frames = new HashMap<>();
	private final Map<Integer, List<StackFrame>> stacks = new HashMap<>();
	private final Map<Integer, EngineInfo> engines = new HashMap<>();
	private @Nullable ByteBuffer chunk;
	private int current;
	private int position = TraceLayout.PIECE_HEADER_SIZE;

	/** A piece of the dictionary. */
	private record Chunk(long position, int stored) {}

	DictionaryReader(TraceFile file) {
		this.file = file;
	}

	void add(long at, int stored) {
		chunks.add(new Chunk(at, stored));
	}

	String thread(int number) {
		return strings.getOrDefault(threads.getOrDefault(number, 0), "");
	}

	List<StackFrame> stack(int number) {
		return stacks.getOrDefault(number, List.of());
	}

	Optional<EngineInfo> engine(int number) {
		return Optional.ofNullable(engines.get(number));
	}

	/** Reads what has been added to the file. */
	void read() throws IOException {
		while (current < chunks.size()) {
			ByteBuffer source = chunk;
			if (source == null) {
				source = file.piece(chunks.get(current).position(), chunks.get(current).stored());
				chunk = source;
				position = TraceLayout.PIECE_HEADER_SIZE;
			}
			readEntries(source);
			if (current + 1 == chunks.size()) {
				return;
			}
			// The lane goes on in another chunk, so this one holds all that it ever will; read what came meanwhile.
			readEntries(source);
			current++;
			chunk = null;
		}
	}

	private void readEntries(ByteBuffer source) throws IOException {
		while (position + TraceLayout.ENTRY_HEADER <= source.limit()) {
			int length = (int) TraceLayout.INT.getAcquire(source, position);
			if (length == 0) {
				return;
			}
			if (length < TraceLayout.ENTRY_HEADER || length % 8 != 0) {
				throw broken("a dictionary entry has the length " + length);
			}
			if (length > source.limit() - position) {
				// The file was cut here.
				return;
			}
			ByteBuffer body = source.slice(position + TraceLayout.ENTRY_HEADER, length - TraceLayout.ENTRY_HEADER).order(source.order());
			try {
				readEntry(source.getInt(position + 4), source.getInt(position + 8), body);
			} catch (java.nio.BufferUnderflowException e) {
				throw broken("a dictionary entry is too short for what it says it holds");
			}
			position += length;
		}
	}

	private void readEntry(int type, int number, ByteBuffer body) throws IOException {
		switch (type) {
			case TraceLayout.ENTRY_STRING -> strings.put(number, text(body));
			case TraceLayout.ENTRY_THREAD -> threads.put(number, body.getInt());
			case TraceLayout.ENTRY_FRAME -> frames.put(number, new StackFrame(string(body), string(body), string(body), body.getInt()));
			case TraceLayout.ENTRY_STACK -> stacks.put(number, frames(body));
			case TraceLayout.ENTRY_ENGINE -> engines.put(number, engine(body));
			default -> {
				// A later version may add types; an event that refers to one shows nothing for it.
			}
		}
	}

	private String text(ByteBuffer body) throws IOException {
		int length = body.getInt();
		if (length < 0 || length > body.remaining()) {
			throw broken("a text has the length " + length);
		}
		byte[] bytes = new byte[length];
		body.get(bytes);
		return new String(bytes, UTF_8);
	}

	private List<StackFrame> frames(ByteBuffer body) throws IOException {
		int count = body.getInt();
		if (count < 0 || count > body.remaining() / 4) {
			throw broken("a stack has " + count + " frames");
		}
		var result = new ArrayList<StackFrame>(count);
		for (int i = 0; i < count; i++) {
			result.add(frames.getOrDefault(body.getInt(), UNKNOWN_FRAME));
		}
		return List.copyOf(result);
	}

	private EngineInfo engine(ByteBuffer body) {
		int graph = body.getInt();
		int engine = body.getInt();
		Side side = body.getInt() == 1 ? Side.HOST : Side.DEVICE;
		return new EngineInfo(graph, engine, string(body), side);
	}

	private String string(ByteBuffer body) {
		return strings.getOrDefault(body.getInt(), "");
	}

	private TraceFormatException broken(String problem) {
		return file.broken(chunks.get(current).position() + position, problem);
	}
}
