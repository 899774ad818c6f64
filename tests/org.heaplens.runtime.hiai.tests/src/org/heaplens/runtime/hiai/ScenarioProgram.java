// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Block;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;

/**
 * Plays a conformance scenario that needs no graph and no virtual time through the public API, on the driver and with the settings of this
 * process: a program. It looks at what the library records, as it goes, and ends with the first line that is not held.
 */
final class ScenarioProgram {
	private static final Set<String> MAKE = Set.of("alloc", "default", "dvpp");
	/** Nothing takes that long: what is not done by then hangs. */
	private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(20);

	private final TraceReader trace;
	private final HeapState state = new HeapState();
	private final List<HeapEvent> misuses = new ArrayList<>();
	private final Map<Integer, List<HeapEvent>> events = new HashMap<>();
	private final Map<String, ExecutorService> actors = new LinkedHashMap<>();
	private final Map<String, Future<String>> calls = new HashMap<>();
	private final Map<String, String> made = new HashMap<>();
	private final Map<String, HiaiBuffer> blocks = new HashMap<>();
	private int waiting;

	private ScenarioProgram(TraceReader trace) {
		this.trace = trace;
	}

	/** @param arguments the file, and the folder of this process's recording */
	public static void main(String[] arguments) throws Exception {
		// The recording is there with the first call.
		HiaiMemory.isDMalloc(null, 1);
		try (var files = Files.list(Path.of(arguments[1])); var trace = TraceReader.open(files.findFirst().orElseThrow())) {
			var play = new ScenarioProgram(trace);
			Path file = Path.of(arguments[0]);
			List<String> lines = Files.readAllLines(file);
			for (int index = 0; index < lines.size(); index++) {
				String line = lines.get(index).replaceFirst("(^|\\s)#.*", "").strip();
				if (!line.isEmpty() && !line.matches("(section|behaviour|set) .*")) {
					play.step(file.getFileName() + ":" + (index + 1), line);
				}
			}
		}
		System.out.println("held");
	}

	private void step(String where, String line) throws Exception {
		String[] halves = line.split("\\s+->\\s+", 2);
		String[] words = halves[0].split("\\s+");
		String expected = halves.length == 1 ? "" : String.join(" ", halves[1].split("\\s+"));
		String got = switch (words[0]) {
			case "code" -> Integer.toString(HiaiStatus.valueOf(words[1]).code());
			case "flag" -> Integer.toString(flag(words[1]).code());
			case "events" -> events(words);
			case "blocks" -> blocks(words);
			default -> act(words, expected);
		};
		if (!got.equals(expected)) {
			throw new AssertionError(where + ": expected " + expected + ", got " + got);
		}
	}

	private String act(String[] words, String expected) throws Exception {
		String actor = words[0];
		if (words[1].equals("waits")) {
			Future<String> call = calls.get(actor);
			return call != null && !call.isDone() ? "" : "no call waits";
		}
		if (!words[1].equals("done")) {
			Callable<String> call = () -> call(words);
			calls.put(actor, actors.computeIfAbsent(actor, ScenarioProgram::actor).submit(call));
			made.remove(actor);
			if (MAKE.contains(words[1])) {
				made.put(actor, words[2]);
			}
		}
		Future<String> call = calls.get(actor);
		if (call == null) {
			return "no call";
		}
		if (expected.equals("waits")) {
			int before = waiting;
			return await(() -> {
				look();
				return waiting > before || call.isDone();
			}) && !call.isDone() ? "waits" : "no wait";
		}
		try {
			String answer = call.get(HANG_NANOS, TimeUnit.NANOSECONDS);
			return answer + place(actor) + misuses();
		} catch (TimeoutException e) {
			return "waits";
		} catch (ExecutionException e) {
			throw new AssertionError(String.join(" ", words), e.getCause());
		}
	}

	/** A thread that does not keep the process alive when a line is not held. */
	private static ExecutorService actor(String name) {
		return Executors.newSingleThreadExecutor(part -> {
			var thread = new Thread(part, name);
			thread.setDaemon(true);
			return thread;
		});
	}

	private static boolean await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + HANG_NANOS;
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				return false;
			}
			Thread.onSpinWait();
		}
		return true;
	}

	private String call(String[] words) {
		return switch (words[1]) {
			case "alloc" -> keep(words[2], HiaiMemory.allocate((int) Long.parseLong(words[3]), timeOut(words), flag(words[4])));
			case "dvpp" -> keep(words[2], dvpp((int) Long.parseLong(words[3])));
			case "free" -> HiaiMemory.dFree(block(words[2])).name();
			case "dvppfree" -> HiaiMemory.dvppDFree(block(words[2])).name();
			case "isdmalloc" -> isDMalloc(words);
			case "fill" -> fill(known(words[2]).bytes(), (byte) Integer.parseInt(words[3]));
			case "holds" -> Boolean.toString(holds(known(words[2]).bytes(), (byte) Integer.parseInt(words[3])));
			default -> throw new IllegalArgumentException("this player has no " + words[1]);
		};
	}

	private static Allocation dvpp(int size) {
		HiaiBuffer block = HiaiMemory.dvppDMalloc(size);
		return block == null ? Allocation.refused(HiaiStatus.GRAPH_INVALID_VALUE) : new Allocation(HiaiStatus.OK, Optional.of(block));
	}

	private static int timeOut(String[] words) {
		String last = words[words.length - 1];
		return last.startsWith("timeout=") ? Integer.parseInt(last.substring("timeout=".length())) : 0;
	}

	private static MemoryAttr flag(String word) {
		return switch (word) {
			case "auto" -> MemoryAttr.AUTO_FREE;
			case "manual" -> MemoryAttr.MANUAL_FREE;
			case "none" -> MemoryAttr.NONE;
			case "huge" -> MemoryAttr.HUGE_PAGE;
			default -> MemoryAttr.of(Integer.decode(word)).orElse(MemoryAttr.MAX);
		};
	}

	private synchronized String keep(String name, Allocation allocation) {
		blocks.remove(name);
		allocation.block().ifPresent(block -> blocks.put(name, block));
		return allocation.status().name();
	}

	private String isDMalloc(String[] words) {
		String[] parts = words[2].split("\\+");
		int offset = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
		return Boolean.toString(HiaiMemory.isDMalloc(block(parts[0]), offset, Integer.parseInt(words[3])));
	}

	private @Nullable HiaiBuffer block(String name) {
		return switch (name) {
			case "null" -> null;
			case "foreign" -> new NotABlock();
			default -> known(name);
		};
	}

	private synchronized HiaiBuffer known(String name) {
		HiaiBuffer block = blocks.get(name);
		if (block == null) {
			throw new IllegalArgumentException("there is no block " + name);
		}
		return block;
	}

	private static String fill(ByteBuffer bytes, byte value) {
		while (bytes.hasRemaining()) {
			bytes.put(value);
		}
		return "done";
	}

	private static boolean holds(ByteBuffer bytes, byte value) {
		while (bytes.hasRemaining()) {
			if (bytes.get() != value) {
				return false;
			}
		}
		return true;
	}

	private void look() {
		try {
			trace.heaps().forEach(state::add);
			while (trace.poll(this::take, Integer.MAX_VALUE) > 0) {
				// Again, until there is nothing new.
			}
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private void take(HeapEvent event) {
		state.apply(event);
		events.computeIfAbsent(event.heap(), heap -> new ArrayList<>()).add(event);
		if (event.kind() == EventKind.MISUSE) {
			misuses.add(event);
		}
		waiting += event.kind() == EventKind.WAIT_BEGIN ? 1 : 0;
	}

	private String misuses() {
		look();
		String found = misuses.stream().map(event -> " !" + event.reason()).collect(Collectors.joining());
		misuses.clear();
		return found;
	}

	private HeapInfo heap(String name) {
		return trace.heaps().stream().filter(heap -> name.equals(heap.side().name().toLowerCase(Locale.ROOT))
				|| name.equals("device" + heap.device())).findFirst().orElseThrow();
	}

	private HeapSnapshot snapshot(HeapInfo heap) {
		look();
		return state.snapshot(heap.id()).orElseThrow();
	}

	/** Where the block lies that a call has made: {@code @OFFSET+EXTENT}. */
	private synchronized String place(String actor) {
		String name = made.get(actor);
		HiaiBuffer block = name == null ? null : blocks.get(name);
		if (block == null) {
			return "";
		}
		HeapInfo heap = heap("host");
		long offset = block.address() - heap.baseAddress();
		Block live = snapshot(heap).blockAt(offset).orElseThrow(() -> new AssertionError("no live block at " + offset));
		return " @" + offset + "+" + live.extent().size();
	}

	/** What is missing or too much; nothing if the events are those that the line names. */
	private String events(String[] words) {
		look();
		List<HeapEvent> got = events.getOrDefault(heap(words[1]).id(), List.of());
		events.remove(heap(words[1]).id());
		List<String> wanted = List.of(words).stream().skip(2).filter(word -> !word.equals("-")).toList();
		boolean same = got.size() == wanted.size();
		for (int index = 0; same && index < got.size(); index++) {
			String kind = got.get(index).kind().name();
			same = wanted.get(index).equals(kind) || wanted.get(index).equals(kind + "(" + got.get(index).argument() + ")");
		}
		return same ? "" : "events " + got.stream().map(event -> event.kind() + "(" + event.argument() + ")").toList();
	}

	private String blocks(String[] words) {
		String got = snapshot(heap(words[1])).blocks().stream().map(block -> block.extent().offset() + "+" + block.extent().size())
				.collect(Collectors.joining(" "));
		String wanted = List.of(words).stream().filter(word -> word.contains("+")).collect(Collectors.joining(" "));
		return got.equals(wanted) ? "" : "blocks " + got;
	}

	/** Memory that no library gave. */
	private static final class NotABlock extends HiaiBuffer {
		private final ByteBuffer bytes = ByteBuffer.allocateDirect(1000);

		@Override
		public ByteBuffer bytes() {
			return bytes.duplicate();
		}

		@Override
		public long address() {
			return NativeCalls.address(bytes);
		}

		@Override
		public int size() {
			return bytes.capacity();
		}

		@Override
		public void close() {
			// The collector's.
		}
	}
}
