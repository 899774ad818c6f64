// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.EnumMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.settings.Setting;

/** Host and device in this process: one heap each, graphs, and transfers between them. Threads share it. */
public final class Simulator implements HeapDriver {
	/** Far apart, and far from real addresses, so that people can tell what they see. */
	private static final long HOST_BASE = 0x10_0000_0000L;
	private static final long DEVICE_BASE = 0x80_0000_0000L;

	private final Map<Side, SimulatedHeap> heaps = new EnumMap<>(Side.class);
	private final Recorder recorder;
	private final Transfer transfer = new Transfer(this::heap);

	/** As the settings of this process say; for {@link java.util.ServiceLoader}. */
	public Simulator() {
		this(Settings.read());
	}

	Simulator(Settings settings) {
		// Whoever calls first may have been interrupted, which would close the files while they are made; it is told afterwards.
		boolean interrupted = Thread.interrupted();
		try {
			recorder = Recorder.begin(settings.trace());
			make(settings);
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void make(Settings settings) {
		heaps.put(Side.HOST, new SimulatedHeap(new HeapInfo(0, Side.HOST, 0, settings.bytes(Setting.HOST_CAPACITY), HOST_BASE), recorder));
		heaps.put(Side.DEVICE,
				new SimulatedHeap(new HeapInfo(1, Side.DEVICE, 0, settings.bytes(Setting.DEVICE_CAPACITY), DEVICE_BASE), recorder));
		try {
			Runtime.getRuntime().addShutdownHook(new Thread(this::end, "heaplens-end"));
		} catch (IllegalStateException e) {
			// The first call came from another such hook: the program works, and its trace ends as that of a killed process.
			if (settings.trace().isPresent()) {
				Recorder.warn("the first call came while the process was ending: its recording will have no end");
			}
		}
	}

	private void end() {
		heaps.values().forEach(SimulatedHeap::end);
		recorder.end();
	}

	SimulatedHeap heap(Side side) {
		SimulatedHeap heap = heaps.get(side);
		if (heap == null) {
			throw new IllegalStateException("no heap on " + side);
		}
		return heap;
	}

	Transfer transfer() {
		return transfer;
	}

	/** An engine's threads are on its side; all others are on the host. */
	static Side callersSide() {
		EngineRuntime engine = EngineRuntime.current();
		return engine == null ? Side.HOST : engine.side();
	}

	@Override
	public Allocation allocate(int size, int timeOutMillis, MemoryAttr flag) {
		return heap(callersSide()).allocate(size, timeOutMillis,
				flag == MemoryAttr.AUTO_FREE ? BlockFlag.AUTO_FREE : BlockFlag.MANUAL_FREE);
	}

	@Override
	public Allocation allocateDvpp(int size) {
		SimulatedHeap heap = heap(callersSide());
		if (heap.info().side() == Side.HOST) {
			heap.note(EventKind.MISUSE, 0, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.DVPP_ON_HOST, EngineRuntime.current());
			return Allocation.refused(HiaiStatus.GRAPH_INVALID_VALUE);
		}
		return heap.allocate(size, 0, BlockFlag.DVPP);
	}

	@Override
	public HiaiStatus free(@Nullable HiaiBuffer block) {
		return free(block, false);
	}

	@Override
	public HiaiStatus freeDvpp(@Nullable HiaiBuffer block) {
		return free(block, true);
	}

	private HiaiStatus free(@Nullable HiaiBuffer block, boolean asDvpp) {
		if (block == null) {
			return HiaiStatus.GRAPH_INVALID_VALUE;
		}
		if (block instanceof SimulatedBuffer ours) {
			return ours.heap().free(ours, asDvpp);
		}
		heap(callersSide()).note(EventKind.MISUSE, 0, HiaiStatus.GRAPH_NOT_FIND_MEMORY, MisuseReason.NOT_A_BLOCK, EngineRuntime.current());
		return HiaiStatus.GRAPH_NOT_FIND_MEMORY;
	}

	@Override
	public boolean isDMalloc(@Nullable HiaiBuffer block, int size) {
		return block instanceof SimulatedBuffer ours && ours.heap().isLive(ours, size);
	}

	@Override
	public void observe(Observer observer) {
		recorder.observe(observer);
	}

	@Override
	public void forget(Observer observer) {
		recorder.forget(observer);
	}

	@Override
	public RunningGraph start(GraphConfig config) {
		return SimulatedGraph.start(config, this);
	}
}
