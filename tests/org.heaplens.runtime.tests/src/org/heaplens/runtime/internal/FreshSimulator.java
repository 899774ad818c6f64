// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

import org.heaplens.model.HeapInfo;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.settings.Setting;

/** A simulator for a test, with heaps of its own, as a process has them. It records. */
public final class FreshSimulator {
	private static final byte POISON = (byte) 0xDB;

	private final Simulator simulator;

	private FreshSimulator(Simulator simulator) {
		this.simulator = simulator;
	}

	/**
	 * A simulator in the machine's time.
	 *
	 * @param settings by their keys
	 * @param folder   for the trace
	 */
	public static FreshSimulator make(Map<String, String> settings, Path folder) {
		return make(settings, folder, Clock.SYSTEM);
	}

	/** A simulator in a time of its own. */
	public static FreshSimulator make(Map<String, String> settings, Path folder, VirtualClock clock) {
		return make(settings, folder, (Clock) clock);
	}

	private static FreshSimulator make(Map<String, String> settings, Path folder, Clock clock) {
		var values = new EnumMap<Setting, String>(Setting.class);
		settings.forEach((key, value) -> values
				.put(Setting.of(key).orElseThrow(() -> new IllegalArgumentException("there is no setting " + key)), value));
		values.put(Setting.TRACE, folder.toString());
		return new FreshSimulator(new Simulator(Settings.of(values), clock));
	}

	public HeapDriver driver() {
		return simulator;
	}

	/** What the end of the process does. */
	public void end() {
		simulator.end();
	}

	/** Whether the memory of a block, freed or not, holds nothing but poison. */
	public static boolean isPoisoned(HiaiBuffer block) {
		ByteBuffer bytes = ((SimulatedBuffer) block).rawBytes();
		while (bytes.hasRemaining()) {
			if (bytes.get() != POISON) {
				return false;
			}
		}
		return true;
	}

	/** Bytes handed out of a heap; throws if its allocator contradicts itself. */
	public long checkedUse(HeapInfo heap) {
		return heap(heap).checkedUse();
	}

	/** Requests that wait for room in a heap. */
	public int waiting(HeapInfo heap) {
		return heap(heap).waiting();
	}

	private SimulatedHeap heap(HeapInfo heap) {
		return simulator.heap(new Place(heap.side(), heap.device()));
	}
}
