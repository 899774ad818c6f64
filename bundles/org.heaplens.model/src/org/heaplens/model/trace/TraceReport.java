// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.heaplens.model.Block;
import org.heaplens.model.BlockState;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.StackFrame;
import org.heaplens.model.symbols.Symbols;

/**
 * What a trace holds, in figures. Immutable.
 *
 * @param info    where the trace comes from
 * @param state   what became of the process
 * @param heaps   as they are at the end of the trace
 * @param sites   where the blocks come from that are still there, those with the most bytes first
 * @param dropped events that the writer could not write
 * @param overwritten events that a flight recorder let go to make room
 */
public record TraceReport(TraceInfo info, State state, List<HeapSnapshot> heaps, List<Site> sites, long dropped,
		long overwritten) {
	/** Enough to see where memory goes; a program that leaks from more places has the same remedy. */
	private static final int SITES_SHOWN = 10;
	private static final int BATCH = 1 << 16;

	/** What became of a process. */
	public enum State {
		/** It runs. */
		RUNNING,
		/** It ended in good order. */
		ENDED,
		/** It ended without saying so: killed, or crashed. */
		KILLED
	}

	/**
	 * A place in a program with the blocks that it made and that are still there.
	 *
	 * @param blocks how many
	 * @param bytes  their extents together
	 */
	public record Site(List<StackFrame> stack, int blocks, long bytes) {
		/** The innermost frame in one line. */
		public String text() {
			return stack.isEmpty() ? "unknown" : stack.get(0).toString();
		}
	}

	/** Reads a trace to its present end. */
	public static TraceReport of(TraceReader reader) throws IOException {
		boolean alive = reader.info().writerAlive();
		var state = new HeapState();
		int delivered;
		do {
			delivered = reader.poll(state, BATCH);
		} while (delivered > 0);
		List<HeapSnapshot> heaps = state.snapshots();
		State outcome = reader.ended() ? State.ENDED : alive ? State.RUNNING : State.KILLED;
		return new TraceReport(reader.info(), outcome, heaps, sites(heaps, reader::stack), reader.dropped(), reader.overwritten());
	}

	/** Goes to the end of a trace, which costs the same however long it is. */
	public static TraceReport of(TraceHistory history) throws IOException {
		boolean alive = history.info().writerAlive();
		history.refresh();
		List<HeapSnapshot> heaps = history.atEnd();
		State outcome = history.ended() ? State.ENDED : alive ? State.RUNNING : State.KILLED;
		return new TraceReport(history.info(), outcome, heaps, sites(heaps, history::stack), history.dropped(), history.overwritten());
	}

	/** One fact a line, for people. */
	public String toText() {
		var lines = new ArrayList<String>();
		lines.add("process   " + info.pid() + ", " + state.name().toLowerCase(Locale.ROOT) + ", begun " + info.begun());
		lines.add("command   " + info.command());
		lines.add("format    " + info.version());
		for (HeapSnapshot heap : heaps) {
			lines.add(String.format(Locale.ROOT, "%-9s %s live of %s in %s, peak %s, largest hole %s", heap.heap().name(),
					bytes(heap.liveBytes()), bytes(heap.heap().capacity()), count(heap.blockCount(), "block"), bytes(heap.peakBytes()),
					bytes(heap.largestFree())));
			lines.add(String.join(", ", "          " + count(heap.allocations(), "allocation"), count(heap.frees(), "free"),
					count(heap.totals().timeouts(), "time-out"), count(heap.misuses(), "misuse"), count(heap.sequence(), "event")));
		}
		if (dropped > 0) {
			lines.add("dropped   " + count(dropped, "event") + " could not be written");
		}
		if (overwritten > 0) {
			lines.add("recorder  " + count(overwritten, "event") + " overwritten by newer ones");
		}
		if (!sites.isEmpty()) {
			lines.add(state == State.ENDED ? "leaked" : "live");
			addSites(lines);
		}
		return String.join(System.lineSeparator(), lines) + System.lineSeparator();
	}

	private void addSites(List<String> lines) {
		try (var symbols = new Symbols()) {
			for (Site site : sites.stream().limit(SITES_SHOWN).toList()) {
				String from = new Site(symbols.resolve(site.stack()), site.blocks(), site.bytes()).text();
				lines.add(String.format(Locale.ROOT, "%10s in %s from %s", bytes(site.bytes()), count(site.blocks(), "block"), from));
			}
			symbols.problems().forEach(problem -> lines.add("symbols   " + problem));
		}
	}

	/** Whether the process ended and left blocks behind. */
	public boolean leaked() {
		return heaps.stream().flatMap(heap -> heap.blocks().stream()).anyMatch(block -> block.state() == BlockState.LEAKED);
	}

	/** A number of bytes as people write it: {@code 12.4 MiB}. */
	public static String bytes(long count) {
		String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
		double value = count;
		int unit = 0;
		// What would be written as 1024.0 belongs to the next unit.
		while (value >= (unit == 0 ? 1024 : 1023.95) && unit < units.length - 1) {
			value /= 1024;
			unit++;
		}
		return value == Math.rint(value)
				? String.format(Locale.ROOT, "%.0f %s", value, units[unit])
				: String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
	}

	private static String count(long number, String noun) {
		return number + " " + noun + (number == 1 ? "" : "s");
	}

	private interface Stacks {
		List<StackFrame> get(int number) throws IOException;
	}

	private static List<Site> sites(List<HeapSnapshot> heaps, Stacks stacks) throws IOException {
		Map<List<StackFrame>, Site> byStack = new LinkedHashMap<>();
		for (HeapSnapshot heap : heaps) {
			for (Block block : heap.blocks()) {
				List<StackFrame> stack = stacks.get(block.stack());
				byStack.merge(stack, new Site(stack, 1, block.extent().size()),
						(one, other) -> new Site(stack, one.blocks() + other.blocks(), one.bytes() + other.bytes()));
			}
		}
		return byStack.values().stream().sorted(Comparator.comparingLong(Site::bytes).reversed()).toList();
	}
}
