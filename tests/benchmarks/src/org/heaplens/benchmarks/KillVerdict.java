// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.trace.TraceReader;

/** What a recording of a killed {@link KillProgram} holds, against what it has to hold. One thread. */
final class KillVerdict {
	/** Does the same in C++. */
	static final String NATIVE_PROGRAM = "heaplens_kill_program";
	private static final int MOST_PROBLEMS = 10;

	private final boolean all;
	private final Map<Integer, Long> sequences = new TreeMap<>();
	private final Map<Integer, Long> times = new TreeMap<>();
	private final List<List<HeapEvent>> byThread = new ArrayList<>();
	private final List<String> problems = new ArrayList<>();
	private long events;

	/** @param all whether the recording has all events, or only the last ones */
	KillVerdict(boolean all) {
		this.all = all;
		for (int thread = 0; thread < 2 * KillProgram.THREADS; thread++) {
			byThread.add(new ArrayList<>());
		}
	}

	/** What is wrong; empty if nothing is. */
	List<String> problems() {
		return problems;
	}

	long events() {
		return events;
	}

	/**
	 * Reads the recording.
	 *
	 * @param done operations that each thread had done for sure
	 */
	void check(Path file, long seed, long[] done) throws IOException {
		var state = new HeapState();
		try (TraceReader reader = TraceReader.open(file)) {
			while (reader.poll(this::take, 1 << 16) > 0) {
				continue;
			}
			if (reader.dropped() > 0) {
				problem(reader.dropped() + " events dropped");
			}
			if (reader.ended()) {
				problem("the recording says that the program ended in good order");
			}
			checkStacks(reader);
		}
		try (TraceReader reader = TraceReader.open(file)) {
			while (reader.poll(state, 1 << 16) > 0) {
				continue;
			}
		}
		Map<Integer, Set<Integer>> blocks = blocks(state);
		for (int thread = 0; thread < byThread.size(); thread++) {
			checkThread(thread, seed, done[thread], blocks.getOrDefault(thread, Set.of()));
		}
	}

	private void take(HeapEvent event) {
		events++;
		long before = sequences.getOrDefault(event.heap(), all ? 0L : event.sequence() - 1);
		if (event.sequence() != before + 1) {
			problem("heap " + event.heap() + ": event " + event.sequence() + " after " + before);
		}
		sequences.put(event.heap(), event.sequence());
		if (event.timeNanos() < times.getOrDefault(event.heap(), 0L)) {
			problem("heap " + event.heap() + ": time goes back at event " + event.sequence());
		}
		times.put(event.heap(), event.timeNanos());
		boolean ours = event.kind() == EventKind.ALLOCATE || event.kind() == EventKind.FREE;
		if (ours && event.flag() == BlockFlag.MANUAL_FREE.code()) {
			int thread = Operations.thread(event.requested());
			if (thread >= byThread.size()) {
				problem("no thread asked for " + event.requested() + " bytes: event " + event.sequence() + " is torn");
			} else {
				byThread.get(thread).add(event);
			}
		}
	}

	private void checkStacks(TraceReader reader) throws IOException {
		for (List<HeapEvent> mine : byThread) {
			for (HeapEvent event : mine.subList(Math.max(0, mine.size() - 100), mine.size())) {
				if (reader.stack(event.stack()).stream().noneMatch(frame -> isOfProgram(frame.className()))) {
					problem("event " + event.sequence() + " of heap " + event.heap() + " has no stack");
				}
			}
		}
	}

	private static boolean isOfProgram(String className) {
		return className.equals(KillProgram.class.getName()) || className.endsWith("/" + NATIVE_PROGRAM);
	}

	private void checkThread(int thread, long seed, long done, Set<Integer> blocks) {
		List<HeapEvent> mine = byThread.get(thread);
		// The last event may be one that was committed in the moment of the kill, before it was counted.
		long found = all ? mine.size() : found(mine, new Operations(seed, thread), done);
		if (found < done || found > done + 1) {
			problem("thread " + thread + " did " + done + " operations, the recording has " + found);
		}
		long first = found - mine.size();
		var operations = new Operations(seed, thread);
		while (operations.number() + 1 < found) {
			operations.next();
			if (operations.number() >= first) {
				HeapEvent event = mine.get((int) (operations.number() - first));
				if (!operations.wrote(event)) {
					problem("thread " + thread + ", operation " + operations.number() + ": " + event);
					break;
				}
			}
		}
		checkBlocks(thread, blocks, operations, !all && mine.isEmpty());
	}

	/** How many operations a recording of the end reaches to: {@code done}, or one more. */
	private static long found(List<HeapEvent> mine, Operations operations, long done) {
		while (operations.number() < done) {
			operations.next();
		}
		return !mine.isEmpty() && operations.wrote(mine.get(mine.size() - 1)) ? done + 1 : done;
	}

	/**
	 * @param mayBeOneMore whether others have overwritten all events of the thread since the system let it wait, perhaps after its last
	 *                     event and before it counted that
	 */
	private void checkBlocks(int thread, Set<Integer> blocks, Operations operations, boolean mayBeOneMore) {
		Set<Integer> expected = sizes(operations);
		if (!blocks.equals(expected) && mayBeOneMore) {
			operations.next();
			expected = sizes(operations);
		}
		if (!blocks.equals(expected)) {
			var missing = new TreeSet<>(expected);
			missing.removeAll(blocks);
			var unexpected = new TreeSet<>(blocks);
			unexpected.removeAll(expected);
			problem("thread " + thread + ": missing blocks by size " + missing + ", unexpected " + unexpected);
		}
	}

	private static Set<Integer> sizes(Operations operations) {
		return Arrays.stream(operations.live()).boxed().collect(Collectors.toCollection(TreeSet::new));
	}

	/** Sizes of the live blocks by the thread that asked for them; no two of one thread are equal. */
	private Map<Integer, Set<Integer>> blocks(HeapState state) {
		var found = new TreeMap<Integer, Set<Integer>>();
		for (HeapSnapshot heap : state.snapshots()) {
			for (Block block : heap.blocks()) {
				boolean ours = block.flag() == BlockFlag.MANUAL_FREE;
				if (ours && !found.computeIfAbsent(Operations.thread(block.requested()), thread -> new TreeSet<>())
						.add(block.requested())) {
					problem("two blocks of " + block.requested() + " bytes");
				}
			}
		}
		return found;
	}

	private void problem(String text) {
		if (problems.size() < MOST_PROBLEMS) {
			problems.add(text);
		}
	}
}
