// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;

/**
 * Numbers what events refer to: strings, threads, frames, stacks and engines. Threads may share it; looking up what is known takes no
 * lock. An entry is in the file before its number is given out, so an event never refers to what is not there.
 */
final class Dictionary {
	/** Longer texts are cut: a class name has no such length, and an entry has to fit a chunk. */
	private static final int STRING_LIMIT = 64 * 1024;
	/** More frames than this are cut, for the same reason. */
	private static final int FRAME_LIMIT = 4096;

	private final PieceStore store;
	private final Map<String, Integer> threads = new ConcurrentHashMap<>();
	private final Map<List<StackFrame>, Integer> stacks = new ConcurrentHashMap<>();
	private final Map<EngineInfo, Integer> engines = new ConcurrentHashMap<>();
	private final Map<String, Integer> strings = new HashMap<>();
	private final Map<StackFrame, Integer> frames = new HashMap<>();
	private @Nullable ByteBuffer chunk;
	private int position = TraceLayout.CHUNK_SIZE;
	private long ordinal;
	private boolean full;

	Dictionary(PieceStore store) {
		this.store = store;
	}

	int thread(String name) {
		Integer known = threads.get(name);
		return known != null ? known : addThread(name);
	}

	int stack(List<StackFrame> stack) {
		if (stack.isEmpty()) {
			return 0;
		}
		Integer known = stacks.get(stack);
		return known != null ? known : addStack(List.copyOf(stack.subList(0, Math.min(stack.size(), FRAME_LIMIT))));
	}

	int engine(int graph, int engine, String name, Side side) {
		var info = new EngineInfo(graph, engine, name, side);
		Integer known = engines.get(info);
		return known != null ? known : addEngine(info);
	}

	/** At most {@code limit} bytes of the text, cut between two characters. */
	static byte[] utf8(String text, int limit) {
		ByteBuffer bytes = ByteBuffer.allocate(limit);
		StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE)
				.onUnmappableCharacter(CodingErrorAction.REPLACE).encode(CharBuffer.wrap(text), bytes, true);
		byte[] result = new byte[bytes.position()];
		bytes.flip().get(result);
		return result;
	}

	private synchronized int addThread(String name) {
		Integer known = threads.get(name);
		if (known != null) {
			return known;
		}
		int text = string(name);
		int number = threads.size() + 1;
		entry(TraceLayout.ENTRY_THREAD, number, 4, body -> body.putInt(text));
		threads.put(name, number);
		return number;
	}

	private synchronized int addStack(List<StackFrame> stack) {
		Integer known = stacks.get(stack);
		if (known != null) {
			return known;
		}
		int[] numbers = stack.stream().mapToInt(this::frame).toArray();
		int number = stacks.size() + 1;
		entry(TraceLayout.ENTRY_STACK, number, 4 + 4 * numbers.length, body -> {
			body.putInt(numbers.length);
			for (int frame : numbers) {
				body.putInt(frame);
			}
		});
		stacks.put(stack, number);
		return number;
	}

	private synchronized int addEngine(EngineInfo info) {
		Integer known = engines.get(info);
		if (known != null) {
			return known;
		}
		int text = string(info.name());
		int number = engines.size() + 1;
		entry(TraceLayout.ENTRY_ENGINE, number, 16,
				body -> body.putInt(info.graph()).putInt(info.engine()).putInt(TraceWriter.code(info.side())).putInt(text));
		engines.put(info, number);
		return number;
	}

	private int frame(StackFrame frame) {
		Integer known = frames.get(frame);
		if (known != null) {
			return known;
		}
		int className = string(frame.className());
		int method = string(frame.method());
		int file = string(frame.file());
		int number = frames.size() + 1;
		entry(TraceLayout.ENTRY_FRAME, number, 16, body -> body.putInt(className).putInt(method).putInt(file).putInt(frame.line()));
		frames.put(frame, number);
		return number;
	}

	private int string(String text) {
		Integer known = strings.get(text);
		if (known != null) {
			return known;
		}
		byte[] bytes = text.length() * 3L <= STRING_LIMIT ? text.getBytes(UTF_8) : utf8(text, STRING_LIMIT);
		int number = strings.size() + 1;
		entry(TraceLayout.ENTRY_STRING, number, 4 + bytes.length, body -> body.putInt(bytes.length).put(bytes));
		strings.put(text, number);
		return number;
	}

	/** Without room in the file the number is given out all the same, and stands for nothing: soon events are dropped too. */
	private void entry(int type, int number, int bodyLength, Consumer<ByteBuffer> body) {
		int length = (TraceLayout.ENTRY_HEADER + bodyLength + 7) & ~7;
		if (!full && position + length > TraceLayout.CHUNK_SIZE) {
			chunk = store.chunk(TraceLayout.KIND_DICTIONARY, 0, ordinal++);
			position = TraceLayout.PIECE_HEADER_SIZE;
			full = chunk == null;
		}
		ByteBuffer target = chunk;
		if (full || target == null) {
			return;
		}
		target.putInt(position + 4, type);
		target.putInt(position + 8, number);
		body.accept(target.duplicate().order(target.order()).position(position + TraceLayout.ENTRY_HEADER));
		TraceLayout.INT.setRelease(target, position, length);
		position += length;
	}
}
