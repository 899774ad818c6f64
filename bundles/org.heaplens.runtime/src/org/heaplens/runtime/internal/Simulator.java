// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

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

/** Host and devices in this process: one heap each, graphs, and transfers between them. Threads share it. */
@HeapDriver.Named("simulator")
public final class Simulator implements HeapDriver {
	/** Far apart, and far from real addresses, so that people can tell what they see: no heap is larger than what lies between. */
	private static final long HOST_BASE = 0x10_0000_0000L;
	private static final long DEVICE_BASE = 0x80_0000_0000L;
	private static final long BETWEEN_DEVICES = 0x10_0000_0000L;

	private final Settings settings;
	private final Clock clock;
	/** The host's, if there is a host, then those of the devices. */
	private final List<SimulatedHeap> heaps = new ArrayList<>();
	private final Map<Integer, SimulatedGraph> graphs = new ConcurrentHashMap<>();
	private final Recorder recorder;
	private final AtomicBoolean ended = new AtomicBoolean();
	private final Pool pool;
	private final Transfer transfer;
	private final boolean onOneSide;
	private final boolean receivedAreReleased;
	private final boolean receivedAreFreed;
	private final int mallocTimeOutMillis;
	private final int sendTries;
	private final boolean freesOnEveryRoute;
	private final HiaiStatus queueFull;

	/** As the settings of this process say; for {@link java.util.ServiceLoader}. */
	public Simulator() {
		this(Settings.read(), Clock.SYSTEM);
	}

	Simulator(Settings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.onOneSide = settings.is(Setting.RC);
		this.receivedAreReleased = settings.is(Setting.RECEIVED_FREE, "release");
		this.receivedAreFreed = settings.is(Setting.RECEIVED_FREE, "free");
		this.mallocTimeOutMillis = settings.count(Setting.MALLOC_TIME_OUT);
		this.sendTries = settings.count(Setting.SEND_TRIES);
		this.freesOnEveryRoute = settings.is(Setting.AUTO_FREE_ROUTE, "all");
		this.queueFull = settings.is(Setting.QUEUE_FULL_STATUS, "queue-full") ? HiaiStatus.QUEUE_FULL : HiaiStatus.GRAPH_SENDMSG_FAILED;
		this.pool = new Pool(settings.is(Setting.LAZY_POOL), settings.is(Setting.FIRST_GRAPH_RULE));
		this.transfer = new Transfer(this, settings);
		// Whoever calls first may have been interrupted, which would close the files while they are made; it is told afterwards.
		boolean interrupted = Thread.interrupted();
		try {
			recorder = Recorder.begin(settings);
			make();
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void make() {
		for (HeapInfo info : infos()) {
			heaps.add(new SimulatedHeap(info, HeapRules.of(info.side(), settings), clock, recorder));
		}
		try {
			Runtime.getRuntime().addShutdownHook(new Thread(this::end, "heaplens-end"));
		} catch (IllegalStateException e) {
			// The first call came from another such hook: the program works, and its trace ends as that of a killed process.
			if (settings.trace().isPresent()) {
				Recorder.warn("the first call came while the process was ending: its recording will have no end");
			}
		}
	}

	private List<HeapInfo> infos() {
		var infos = new ArrayList<HeapInfo>();
		if (!onOneSide) {
			infos.add(new HeapInfo(0, Side.HOST, 0, settings.bytes(Setting.HOST_CAPACITY), HOST_BASE));
		}
		int devices = onOneSide ? 1 : settings.count(Setting.DEVICE_COUNT);
		for (int device = 0; device < devices; device++) {
			infos.add(new HeapInfo(infos.size(), Side.DEVICE, device, settings.bytes(Setting.DEVICE_CAPACITY),
					DEVICE_BASE + device * BETWEEN_DEVICES));
		}
		return infos;
	}

	/** Ends the recording, and gives back what is freed at the end of the process; again does nothing. */
	void end() {
		if (ended.getAndSet(true)) {
			return;
		}
		heaps.forEach(SimulatedHeap::end);
		recorder.end();
	}

	Settings settings() {
		return settings;
	}

	Clock clock() {
		return clock;
	}

	Transfer transfer() {
		return transfer;
	}

	SimulatedHeap heap(Place place) {
		return heaps.get(onOneSide || place.side() == Side.HOST ? 0 : place.device() + 1);
	}

	/** Where code runs that belongs to no engine: on the host, if there is one. */
	private Place outside() {
		return onOneSide ? Place.FIRST_DEVICE : Place.HOST;
	}

	/** The heap of all that belongs to no engine. */
	SimulatedHeap home() {
		return heap(outside());
	}

	private SimulatedHeap callersHeap() {
		EngineRuntime engine = EngineRuntime.current();
		return engine == null ? home() : heap(engine.place());
	}

	/** Where the calling thread is. */
	Place callersPlace() {
		EngineRuntime engine = EngineRuntime.current();
		return engine == null ? outside() : engine.place();
	}

	/** Where an engine of a graph is. */
	Place place(GraphConfig graph, GraphConfig.EngineConfig engine) {
		if (onOneSide) {
			return outside();
		}
		Place place = engine.side() == Side.HOST ? Place.HOST : Place.device(graph.device());
		if (graph.device() >= settings.count(Setting.DEVICE_COUNT)) {
			throw new IllegalArgumentException("graph " + graph.graphId() + " wants device " + graph.device() + ", but there are "
					+ settings.count(Setting.DEVICE_COUNT) + ", counted from 0; change its device_id, or the setting "
					+ Setting.DEVICE_COUNT.key());
		}
		return place;
	}

	/** The answer to a send whose receiver's queue stays full. */
	HiaiStatus queueFull() {
		return queueFull;
	}

	/** How often a send to another place is tried. */
	int sendTries() {
		return sendTries;
	}

	/** Whether the framework frees also the blocks that were sent by reference. */
	boolean freesOnEveryRoute() {
		return freesOnEveryRoute;
	}

	// No lambdas from here to the frees: these calls are to take less time than it takes to make one, and a lambda that passes through the
	// JDK would leave the JDK's frames in the stacks that are recorded.

	@Override
	public @Nullable HiaiBuffer allocateOrNull(int size, int timeOutMillis, MemoryAttr flag) {
		return request(size, timeOutMillis, flag) instanceof SimulatedBuffer block ? block : null;
	}

	@Override
	public Allocation allocate(int size, int timeOutMillis, MemoryAttr flag) {
		return request(size, timeOutMillis, flag).allocation();
	}

	private Answer request(int size, int timeOutMillis, MemoryAttr flag) {
		SimulatedHeap heap = callersHeap();
		Pool.Answer answer = pool.answer(heap.info().side());
		if (answer != Pool.Answer.OPEN) {
			return heap.refuse(size, null, answer.status(), answer.reason());
		}
		BlockFlag kind = blockFlag(flag);
		return kind == null
				? heap.refuse(size, null, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.BAD_FLAG)
				: made(heap.allocate(size, timeOutMillis == USUAL_TIME_OUT ? mallocTimeOutMillis : timeOutMillis, kind));
	}

	/** Null for what is no flag; a program that is compiled without checks may pass anything. */
	private static @Nullable BlockFlag blockFlag(@Nullable MemoryAttr flag) {
		if (flag == MemoryAttr.AUTO_FREE) {
			return BlockFlag.AUTO_FREE;
		}
		if (flag == MemoryAttr.MANUAL_FREE || flag == MemoryAttr.NONE) {
			return BlockFlag.MANUAL_FREE;
		}
		return flag == MemoryAttr.HUGE_PAGE ? BlockFlag.HUGE_PAGE : null;
	}

	@Override
	public Allocation allocateDvpp(int size) {
		SimulatedHeap heap = callersHeap();
		if (heap.info().side() == Side.HOST) {
			return heap.refuse(size, BlockFlag.DVPP, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.DVPP_ON_HOST).allocation();
		}
		Pool.Answer answer = pool.answer(heap.info().side());
		return (answer == Pool.Answer.OPEN
				? made(heap.allocate(size, 0, BlockFlag.DVPP))
				: heap.refuse(size, BlockFlag.DVPP, answer.status(), answer.reason())).allocation();
	}

	/** A block for a message that arrives at a place. */
	Answer receive(Place place, int size, int timeOutMillis, long number) {
		SimulatedHeap heap = heap(place);
		Pool.Answer answer = pool.answer(place.side());
		return answer == Pool.Answer.OPEN
				? made(heap.receive(size, timeOutMillis, number))
				: heap.refuse(size, BlockFlag.RECEIVED, answer.status(), answer.reason());
	}

	private Answer made(Answer answer) {
		if (answer instanceof SimulatedBuffer block) {
			block.madeIn(pool.era());
		}
		return answer;
	}

	@Override
	public HiaiStatus free(@Nullable HiaiBuffer block) {
		boolean wrong = receivedAreReleased && block instanceof SimulatedBuffer ours && ours.flag() == BlockFlag.RECEIVED;
		return free(block, false, wrong);
	}

	@Override
	public HiaiStatus freeDvpp(@Nullable HiaiBuffer block) {
		return free(block, true, false);
	}

	@Override
	public HiaiStatus release(@Nullable HiaiBuffer block) {
		boolean wrong = receivedAreFreed || block instanceof SimulatedBuffer ours && ours.flag() != BlockFlag.RECEIVED;
		return free(block, false, wrong);
	}

	/** @param wrong whether the call does not fit that kind of block */
	private HiaiStatus free(@Nullable HiaiBuffer block, boolean asDvpp, boolean wrong) {
		if (block == null) {
			return HiaiStatus.GRAPH_INVALID_VALUE;
		}
		if (!(block instanceof SimulatedBuffer ours)) {
			heap(callersPlace()).note(EventKind.MISUSE, 0, HiaiStatus.GRAPH_NOT_FIND_MEMORY, MisuseReason.NOT_A_BLOCK,
					EngineRuntime.current());
			return HiaiStatus.GRAPH_NOT_FIND_MEMORY;
		}
		if (wrong) {
			ours.heap().misuse(ours, HiaiStatus.GRAPH_NOT_FIND_MEMORY, MisuseReason.WRONG_FAMILY);
			return HiaiStatus.GRAPH_NOT_FIND_MEMORY;
		}
		boolean gone = ours.era() != pool.era() && pool.isGone(ours.era());
		if (gone) {
			ours.heap().misuse(ours, HiaiStatus.GRAPH_NOT_EXIST, MisuseReason.NO_GRAPH);
		}
		HiaiStatus status = gone && !pool.reclaims() ? HiaiStatus.OK : ours.heap().free(ours, asDvpp && !ours.isFitForDvpp());
		return gone && status == HiaiStatus.OK ? HiaiStatus.GRAPH_NOT_EXIST : status;
	}

	@Override
	public boolean isDMalloc(@Nullable HiaiBuffer block, int offset, int size) {
		return block instanceof SimulatedBuffer ours && ours.flag() != BlockFlag.DVPP && ours.state().isUsable()
				&& offset >= 0 && size >= 0 && size <= ours.size() - offset;
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

	@Override
	public List<RunningGraph> start(Path file, List<GraphConfig> graphs) {
		throw new UnsupportedOperationException("the simulator runs engines in Java, not those of the .so files that " + file
				+ " names: give it these with Graph.create(file, engines), or set driver=native");
	}

	Optional<SimulatedGraph> graph(int id) {
		return Optional.ofNullable(graphs.get(id));
	}

	/** A graph is being made: its number is taken, and the heaps are open. */
	void enter(SimulatedGraph graph) {
		if (graphs.putIfAbsent(graph.id(), graph) != null) {
			throw new IllegalArgumentException("there is a graph " + graph.id()
					+ " already, or one whose engines have not returned; destroy it first or choose another number");
		}
		pool.begin(graph);
	}

	/** A graph begins to end. */
	void ending(SimulatedGraph graph) {
		pool.end(graph);
	}

	/** A graph has ended. */
	void leave(SimulatedGraph graph) {
		graphs.remove(graph.id(), graph);
		pool.ended(graph);
	}
}
