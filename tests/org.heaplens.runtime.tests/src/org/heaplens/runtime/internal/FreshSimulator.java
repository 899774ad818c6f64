// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.heaplens.model.HeapInfo;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;

/** Simulators for tests: each with heaps of its own, as a process has them. */
public final class FreshSimulator {
	private static final byte POISON = (byte) 0xDB;
	private static final Set<String> WAITS = Set.of("awaitNanos", "tryAcquire", "join");
	private static final String PREFIX = "heaplens.";

	private FreshSimulator() {}

	/**
	 * A simulator that records.
	 *
	 * @param settings by their names without {@code heaplens.}
	 * @param folder   for the trace
	 */
	public static synchronized HeapDriver make(Map<String, String> settings, Path folder) {
		settings.forEach((name, value) -> System.setProperty(PREFIX + name, value));
		System.setProperty("heaplens.trace", folder.toString());
		try {
			return new Simulator();
		} finally {
			settings.keySet().forEach(name -> System.clearProperty(PREFIX + name));
			System.clearProperty("heaplens.trace");
		}
	}

	/** Whether a thread waits inside of the simulator: for room, for a place in a queue, for the end of a graph. */
	public static boolean waits(Thread thread) {
		if (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
			return false;
		}
		boolean ours = false;
		boolean onPurpose = false;
		for (StackTraceElement frame : thread.getStackTrace()) {
			ours |= frame.getClassName().startsWith(Simulator.class.getPackageName());
			onPurpose |= WAITS.contains(frame.getMethodName());
		}
		return ours && onPurpose;
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
	static long checkedUse(HeapDriver driver, HeapInfo heap) {
		return heap(driver, heap).checkedUse();
	}

	/** Requests that wait for room in a heap. */
	static int waiting(HeapDriver driver, HeapInfo heap) {
		return heap(driver, heap).waiting();
	}

	private static SimulatedHeap heap(HeapDriver driver, HeapInfo heap) {
		return ((Simulator) driver).heap(new Place(heap.side(), heap.device()));
	}
}
