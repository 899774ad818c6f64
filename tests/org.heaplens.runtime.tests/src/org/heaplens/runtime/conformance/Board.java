// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Block;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.internal.FreshSimulator;
import org.heaplens.runtime.internal.VirtualClock;

/** A simulator and what it has recorded by now. Used by the scenario's thread alone, but for the driver. */
final class Board implements AutoCloseable {
	private final VirtualClock clock = new VirtualClock();
	private final FreshSimulator simulator;
	private final TraceReader trace;
	private final HeapState state = new HeapState();
	private final Map<Integer, List<HeapEvent>> memoryEvents = new TreeMap<>();
	private final Map<Integer, List<HeapEvent>> graphEvents = new TreeMap<>();
	private final List<HeapEvent> misuses = new ArrayList<>();

	Board(Map<String, String> settings, Path folder) throws IOException {
		this.simulator = FreshSimulator.make(settings, folder, clock);
		try (var files = Files.list(folder)) {
			this.trace = TraceReader.open(files.findFirst().orElseThrow());
		}
		look();
	}

	HeapDriver driver() {
		return simulator.driver();
	}

	VirtualClock clock() {
		return clock;
	}

	/** Lets the process end, as far as the simulator knows. */
	void exit() {
		simulator.end();
	}

	/** Takes in what was recorded since the last look. */
	void look() throws IOException {
		trace.heaps().forEach(state::add);
		while (trace.poll(this::keep, Integer.MAX_VALUE) > 0) {
			// Again, until there is nothing new.
		}
	}

	private void keep(HeapEvent event) {
		state.apply(event);
		boolean ofGraphs = switch (event.kind()) {
			case GRAPH_CREATED, GRAPH_DESTROYED, ENGINE_STARTED, ENGINE_STOPPED -> true;
			default -> false;
		};
		(ofGraphs ? graphEvents : memoryEvents).computeIfAbsent(event.heap(), heap -> new ArrayList<>()).add(event);
		if (event.kind() == EventKind.MISUSE) {
			misuses.add(event);
		}
	}

	/** The misuses since this was asked last. */
	List<HeapEvent> misuses() {
		List<HeapEvent> found = List.copyOf(misuses);
		misuses.clear();
		return found;
	}

	/** The events of a heap since this was asked last. */
	List<HeapEvent> events(HeapInfo heap, boolean ofGraphs) {
		@Nullable
		List<HeapEvent> found = (ofGraphs ? graphEvents : memoryEvents).remove(heap.id());
		return found == null ? List.of() : found;
	}

	/** @param name host, or device with its number */
	HeapInfo heap(String name) {
		return trace.heaps().stream().filter(heap -> name(heap).equals(name)).findFirst()
				.orElseThrow(() -> new IllegalArgumentException("there is no heap " + name + ", but " + trace.heaps()));
	}

	private static String name(HeapInfo heap) {
		return switch (heap.side()) {
			case HOST -> "host";
			case DEVICE -> "device" + heap.device();
		};
	}

	HeapSnapshot snapshot(HeapInfo heap) {
		return state.snapshot(heap.id()).orElseThrow();
	}

	/** Where a block lies: {@code @OFFSET+EXTENT}. */
	String place(HiaiBuffer block) {
		for (HeapInfo heap : trace.heaps()) {
			long offset = block.address() - heap.baseAddress();
			if (offset >= 0 && offset < heap.capacity()) {
				Block live = snapshot(heap).blockAt(offset).orElseThrow(() -> new AssertionError("no live block at " + offset));
				return "@" + offset + "+" + live.extent().size();
			}
		}
		throw new AssertionError("in no heap: " + Long.toHexString(block.address()));
	}

	@Override
	public void close() throws IOException {
		// While its file is there: the folder goes before the process ends.
		simulator.end();
		trace.close();
	}
}
