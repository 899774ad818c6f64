// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HeapDriver.RunningGraph;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.SerializeRegistry;

/**
 * A program that does anything. It knows who owns which block, so that it knows what each call has to answer. Threads share it.
 *
 * <pre>
 * threads (host) --frame, plain--> engine 1 (device, 2 threads) --frame--> engine 2 (host, 2 threads)
 *        \------- same side, the block itself ---------------------------------/
 * </pre>
 */
final class RandomProgram {
	private static final int GRAPH = 11;
	private static final int HEADER = Long.BYTES;
	private static final String FRAME = "random.frame";
	private static final String PLAIN = "random.plain";

	private final HeapDriver driver;
	private final RunningGraph graph;
	private final Map<Side, Set<SimulatedBuffer>> held = new EnumMap<>(Map.of(Side.HOST, ConcurrentHashMap.newKeySet(), Side.DEVICE,
			ConcurrentHashMap.newKeySet()));
	/** Owned by nobody in particular: whoever takes one out owns it. */
	private final Queue<SimulatedBuffer> common = new ConcurrentLinkedQueue<>();
	private final Queue<String> failures = new ConcurrentLinkedQueue<>();
	private final AtomicLong onTheWay = new AtomicLong();
	private final AtomicLong stamps = new AtomicLong();
	private final Misuses misuses = new Misuses();
	private final long seed;

	private record Frame(@Nullable HiaiBuffer block) {}

	/** How often the program erred on purpose, and how often that was recorded. */
	static final class Misuses {
		private final Map<MisuseReason, Long> made = new ConcurrentHashMap<>();
		private final Map<MisuseReason, Long> recorded = new ConcurrentHashMap<>();

		void made(MisuseReason reason) {
			made.merge(reason, 1L, Long::sum);
		}

		void recorded(MisuseReason reason) {
			recorded.merge(reason, 1L, Long::sum);
		}

		Map<MisuseReason, Long> made() {
			return new TreeMap<>(made);
		}

		Map<MisuseReason, Long> recorded() {
			return new TreeMap<>(recorded);
		}
	}

	/** An engine that passes some blocks on and keeps some. */
	private static final class Step extends Engine {
		private final RandomProgram program;

		Step(RandomProgram program) {
			this.program = program;
		}

		@Override
		public HiaiStatus process(int port, Object message) {
			try {
				program.received(this, port, message);
			} catch (RuntimeException | Error e) {
				program.failures.add("in an engine: " + e);
				throw e;
			} finally {
				program.onTheWay.decrementAndGet();
			}
			return HiaiStatus.OK;
		}

		HiaiStatus send(Frame frame, int timeOutMillis) {
			return sendData(0, FRAME, frame, timeOutMillis);
		}
	}

	RandomProgram(HeapDriver driver, long seed) {
		this.driver = driver;
		this.seed = seed;
		SerializeRegistry.register(FRAME, Frame.class, frame -> new SerializeRegistry.Parts(new byte[0], frame.block()),
				(control, data) -> new Frame(data));
		SerializeRegistry.registerDataType(PLAIN, String.class, text -> text.getBytes(US_ASCII), bytes -> new String(bytes, US_ASCII));
		this.graph = driver.start(GraphConfig.builder(GRAPH)
				.engine(new EngineConfig(1, "device", Side.DEVICE, 2, 3, Map.of(), () -> new Step(this)))
				.engine(new EngineConfig(2, "host", Side.HOST, 2, 3, Map.of(), () -> new Step(this))).connect(1, 0, 2, 0).build());
	}

	Misuses misuses() {
		return misuses;
	}

	/** What went wrong first in the eyes of the program. */
	List<String> failures() {
		return failures.stream().limit(5).toList();
	}

	/** The live blocks of a heap, as their owners know them. */
	Set<SimulatedBuffer> held(Side side) {
		return Set.copyOf(held.getOrDefault(side, Set.of()));
	}

	void awaitEngines(long seconds) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (onTheWay.get() > 0) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError(onTheWay + " messages do not arrive, seed " + seed);
			}
			Thread.onSpinWait();
		}
	}

	void end() {
		expect(HiaiStatus.OK, graph.stop());
	}

	/** What one thread does in a round. */
	void work(Random random, int steps) {
		for (int step = 0; step < steps; step++) {
			switch (random.nextInt(8)) {
				case 0, 1, 2 -> keep(allocate(random));
				case 3 -> freeCommon();
				case 4 -> err(random);
				case 5 -> sendAcross(random);
				case 6 -> sendOnThisSide(random);
				default -> sendPlain(random);
			}
		}
	}

	private @Nullable SimulatedBuffer allocate(Random random) {
		int size = 2 * HEADER + random.nextInt(1 << 4 + random.nextInt(15));
		MemoryAttr flag = random.nextBoolean() ? MemoryAttr.AUTO_FREE : MemoryAttr.MANUAL_FREE;
		return own(driver.allocate(size, random.nextInt(4) == 0 ? 1 : 0, flag));
	}

	private @Nullable SimulatedBuffer own(Allocation allocation) {
		if (allocation.block().isEmpty()) {
			expect(HiaiStatus.GRAPH_NO_MEMORY, allocation.status());
			return null;
		}
		var block = (SimulatedBuffer) allocation.block().get();
		hold(block);
		stamp(block);
		return block;
	}

	private void hold(SimulatedBuffer block) {
		if (!held.get(block.heap().info().side()).add(block)) {
			failures.add("given twice: " + block);
		}
	}

	/** The block's own number at both ends: two blocks that overlap are found out. */
	private void stamp(SimulatedBuffer block) {
		long stamp = stamps.incrementAndGet();
		ByteBuffer bytes = block.bytes();
		bytes.putLong(0, stamp).putLong(block.size() - HEADER, stamp);
	}

	private void requireStamp(SimulatedBuffer block) {
		ByteBuffer bytes = block.bytes();
		if (bytes.getLong(0) != bytes.getLong(block.size() - HEADER)) {
			failures.add("overwritten: " + block);
		}
	}

	private void keep(@Nullable SimulatedBuffer block) {
		if (block != null) {
			common.add(block);
		}
		while (common.size() > 40) {
			freeCommon();
		}
	}

	private void freeCommon() {
		SimulatedBuffer block = common.poll();
		if (block != null) {
			free(block);
		}
	}

	private void free(SimulatedBuffer block) {
		requireStamp(block);
		held.get(block.heap().info().side()).remove(block);
		expect(HiaiStatus.OK, block.flag() == BlockFlag.DVPP ? driver.freeDvpp(block) : driver.free(block));
	}

	private void err(Random random) {
		SimulatedBuffer block = common.poll();
		if (block == null) {
			misuses.made(MisuseReason.SIZE_ZERO);
			expect(HiaiStatus.GRAPH_INVALID_VALUE, driver.allocate(0, 1, MemoryAttr.AUTO_FREE).status());
			return;
		}
		if (random.nextBoolean()) {
			misuses.made(MisuseReason.WRONG_FAMILY);
			expect(HiaiStatus.GRAPH_NOT_FIND_MEMORY, block.flag() == BlockFlag.DVPP ? driver.free(block) : driver.freeDvpp(block));
			free(block);
			return;
		}
		free(block);
		misuses.made(MisuseReason.DOUBLE_FREE);
		expect(HiaiStatus.GRAPH_NOT_FIND_MEMORY, driver.free(block));
		block.close();
	}

	private void sendAcross(Random random) {
		SimulatedBuffer block = allocate(random);
		if (block != null) {
			int timeOut = random.nextInt(2);
			settle(block, graph.send(new EnginePort(GRAPH, 1, random.nextInt(2)), FRAME, departing(block), timeOut));
		}
	}

	private Frame departing(SimulatedBuffer block) {
		onTheWay.incrementAndGet();
		return new Frame(block);
	}

	/** What a sender has to do once it knows what became of its send to the other side. */
	private void settle(SimulatedBuffer block, HiaiStatus status) {
		if (status == HiaiStatus.OK && block.flag() == BlockFlag.AUTO_FREE) {
			// The framework has freed it, and says so to whoever frees it again.
			held.get(block.heap().info().side()).remove(block);
			misuses.made(MisuseReason.AUTO_FREE_DELETER);
			expect(HiaiStatus.GRAPH_NOT_FIND_MEMORY, driver.free(block));
			return;
		}
		if (status != HiaiStatus.OK) {
			onTheWay.decrementAndGet();
			if (status != HiaiStatus.QUEUE_FULL) {
				expect(HiaiStatus.GRAPH_NO_USEFUL_MEMORY, status);
			}
		}
		free(block);
	}

	private void sendOnThisSide(Random random) {
		SimulatedBuffer block = allocate(random);
		if (block != null) {
			HiaiStatus status = graph.send(new EnginePort(GRAPH, 2, 1), FRAME, departing(block), random.nextInt(2));
			if (status != HiaiStatus.OK) {
				onTheWay.decrementAndGet();
				expect(HiaiStatus.QUEUE_FULL, status);
				free(block);
			}
		}
	}

	private void sendPlain(Random random) {
		onTheWay.incrementAndGet();
		HiaiStatus status = graph.send(new EnginePort(GRAPH, 1, 2), PLAIN, "text", random.nextInt(2));
		if (status != HiaiStatus.OK) {
			onTheWay.decrementAndGet();
			expect(HiaiStatus.QUEUE_FULL, status);
		}
	}

	private void received(Step engine, int port, Object message) {
		var random = ThreadLocalRandom.current();
		if (message instanceof Frame frame && frame.block() instanceof SimulatedBuffer block) {
			if (block.flag() == BlockFlag.RECEIVED) {
				hold(block);
			}
			requireStamp(block);
			if (random.nextBoolean()) {
				free(block);
			} else {
				keep(block);
			}
			return;
		}
		SimulatedBuffer scratch = own(driver.allocateDvpp(2 * HEADER + random.nextInt(5000)));
		keep(scratch);
		SimulatedBuffer answer = own(driver.allocate(2 * HEADER + random.nextInt(5000), 0, MemoryAttr.AUTO_FREE));
		if (answer != null) {
			settle(answer, engine.send(departing(answer), 0));
		}
	}

	private void expect(HiaiStatus expected, HiaiStatus got) {
		if (expected != got) {
			var failure = new AssertionError("expected " + expected + ", got " + got);
			failures.add(failure + " at " + failure.getStackTrace()[1]);
		}
	}
}
