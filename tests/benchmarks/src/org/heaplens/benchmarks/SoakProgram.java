// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import org.heaplens.model.Side;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.Graph;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.SerializeRegistry;

/**
 * Runs for long. Two threads replace buffers on the host; one of them also sends frames to the device, where an engine keeps some and
 * frees the rest: ten events each millisecond. Says how full its Java heap is when asked, and which blocks it holds when told to end.
 */
final class SoakProgram {
	private static final int BUFFERS = 500;
	private static final int FRAMES_KEPT = 64;
	private static final long TICK_NANOS = 2_000_000;

	private final List<HiaiBuffer> onHost = new ArrayList<>();
	private final Queue<HiaiBuffer> onDevice = new ConcurrentLinkedQueue<>();
	private volatile boolean running = true;

	/** What crosses. */
	private record Frame(HiaiBuffer pixels) {}

	private SoakProgram() {}

	/** Argument: where to write which blocks there are at the end. */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		new SoakProgram().run(Path.of(arguments[0]));
	}

	private void run(Path file) throws IOException, InterruptedException {
		SerializeRegistry.register("frame", Frame.class, frame -> new SerializeRegistry.Parts(new byte[8], frame.pixels()),
				(control, pixels) -> new Frame(pixels));
		var graph = Graph.create(GraphConfig.builder(1)
				.engine(new EngineConfig(1, "Detector", Side.DEVICE, 1, 200, Map.of(), Detector::new)).build());
		var threads = List.of(new Thread(() -> work(1, graph, false), "buffers"), new Thread(() -> work(2, graph, true), "frames"));
		threads.forEach(Thread::start);
		var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); "sample".equals(command); command = commands.readLine()) {
			System.out.println(usedAfterCollection());
		}
		running = false;
		for (Thread thread : threads) {
			thread.join();
		}
		graph.destroy();
		var lines = new ArrayList<String>();
		onHost.forEach(block -> lines.add("HOST " + block.address() + " " + block.size()));
		onDevice.forEach(block -> lines.add("DEVICE " + block.address() + " " + block.size()));
		Files.write(file, lines);
	}

	private static long usedAfterCollection() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	/** Frees all frames but the latest. */
	private final class Detector extends Engine {
		@Override
		public HiaiStatus process(int port, Object message) {
			onDevice.add(((Frame) message).pixels());
			return onDevice.size() > FRAMES_KEPT ? HiaiMemory.dFree(onDevice.remove()) : HiaiStatus.OK;
		}
	}

	/** @param frames whether to send a frame in each tick: as many events as three replaced buffers */
	private void work(long seed, Graph graph, boolean frames) {
		var random = new SplittableRandom(seed);
		var mine = new ArrayList<HiaiBuffer>();
		long due = System.nanoTime();
		while (running) {
			for (int buffers = 0; buffers < (frames ? 2 : 5); buffers++) {
				replace(mine, random);
			}
			if (frames) {
				HiaiBuffer pixels = allocate(4096 + random.nextInt(60_000), MemoryAttr.AUTO_FREE);
				require(graph.sendData(new EnginePort(1, 1, 0), "frame", new Frame(pixels)));
			}
			due += TICK_NANOS;
			LockSupport.parkNanos(due - System.nanoTime());
		}
		synchronized (onHost) {
			onHost.addAll(mine);
		}
	}

	private static void replace(List<HiaiBuffer> mine, SplittableRandom random) {
		if (mine.size() == BUFFERS) {
			int victim = random.nextInt(BUFFERS);
			require(HiaiMemory.dFree(mine.get(victim)));
			mine.set(victim, mine.get(BUFFERS - 1));
			mine.remove(BUFFERS - 1);
		}
		mine.add(allocate(64 << random.nextInt(11) | random.nextInt(64), MemoryAttr.MANUAL_FREE));
	}

	private static HiaiBuffer allocate(int size, MemoryAttr flag) {
		HiaiBuffer block = HiaiMemory.dMalloc(size, HiaiMemory.DEFAULT_TIME_OUT_MILLIS, flag);
		if (block == null) {
			throw new IllegalStateException("no room for " + size + " bytes");
		}
		return block;
	}

	private static void require(HiaiStatus status) {
		if (status != HiaiStatus.OK) {
			throw new IllegalStateException("the runtime answers " + status);
		}
	}
}
