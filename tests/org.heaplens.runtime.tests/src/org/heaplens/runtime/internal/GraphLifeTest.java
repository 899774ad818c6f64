// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.heaplens.runtime.HeapDriver.RunningGraph;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.MisuseException;
import org.heaplens.runtime.SerializeRegistry;
import org.heaplens.runtime.SerializeRegistry.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a graph does to the Java objects of a program; what it answers is in tests/conformance. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GraphLifeTest {
	private static final EnginePort DEVICE = new EnginePort(7, 1, 0);

	@TempDir
	Path folder = Path.of("");

	private final VirtualClock clock = new VirtualClock();
	private final List<String> said = Collections.synchronizedList(new ArrayList<>());
	private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
	private final CountDownLatch busy = new CountDownLatch(1);
	private final CountDownLatch go = new CountDownLatch(1);

	/** A message that is closed when nobody wants it. */
	private record Parcel(String name, @Nullable HiaiBuffer data, List<String> said) implements AutoCloseable {
		@Override
		public void close() {
			said.add("closed " + name);
		}
	}

	private Simulator simulator(Map<String, String> settings) {
		return (Simulator) FreshSimulator.make(settings, folder, clock).driver();
	}

	/** Holds up the first message until the test lets it go. */
	private final class Slow extends Engine implements AutoCloseable {
		@Override
		public HiaiStatus init(Map<String, String> config) {
			said.add("init, " + queueMaxSize() + " places");
			return HiaiStatus.OK;
		}

		@Override
		public HiaiStatus process(int port, Object message) {
			busy.countDown();
			await(go);
			arrived.add(message);
			return HiaiStatus.OK;
		}

		@Override
		public void close() {
			said.add("closed engine, " + queueCurrentSize(0) + " waiting");
		}
	}

	private final class Keep extends Engine {
		@Override
		public HiaiStatus process(int port, Object message) {
			arrived.add(message);
			return HiaiStatus.OK;
		}
	}

	private static void await(CountDownLatch latch) {
		boolean interrupted = false;
		while (latch.getCount() > 0) {
			try {
				latch.await();
			} catch (InterruptedException e) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void register(String name) {
		SerializeRegistry.register(name, Parcel.class, parcel -> new Parts(parcel.name().getBytes(StandardCharsets.UTF_8), parcel.data()),
				(control, data) -> new Parcel(new String(control, StandardCharsets.UTF_8), data, said));
	}

	private GraphConfig slow() {
		return GraphConfig.builder(7).engine(new EngineConfig(1, "slow", Side.DEVICE, 1, 5, Map.of(), Slow::new)).build();
	}

	@Test
	void theEndClosesWhatWasNotProcessedAndThenTheEngine() throws InterruptedException {
		register("closes in order");
		RunningGraph graph = simulator(Map.of()).start(slow());
		for (String name : List.of("processed", "first", "second")) {
			assertEquals(HiaiStatus.OK, graph.send(DEVICE, "closes in order", new Parcel(name, null, said), 0));
			assertTrue(busy.await(50, TimeUnit.SECONDS));
		}
		var answer = new LinkedBlockingQueue<HiaiStatus>();
		var destroyer = new Thread(() -> answer.add(graph.stop()));
		destroyer.start();
		while (!clock.isWaiting(destroyer)) {
			Thread.onSpinWait();
		}
		assertEquals(List.of("init, 5 places"), said);
		go.countDown();
		assertEquals(HiaiStatus.OK, answer.poll(50, TimeUnit.SECONDS));
		assertEquals(List.of("init, 5 places", "closed first", "closed second", "closed engine, 0 waiting"), said);
		assertEquals("processed", ((Parcel) arrived.take()).name());
	}

	@Test
	void aHungEngineKeepsTheNumberUntilItReturns() throws InterruptedException {
		Simulator simulator = simulator(Map.of());
		RunningGraph graph = simulator.start(slow());
		assertEquals(HiaiStatus.OK, graph.send(DEVICE, "string", "hangs", 0));
		assertTrue(busy.await(50, TimeUnit.SECONDS));
		var answer = new LinkedBlockingQueue<HiaiStatus>();
		var destroyer = new Thread(() -> answer.add(graph.stop()));
		destroyer.start();
		while (!clock.isWaiting(destroyer)) {
			Thread.onSpinWait();
		}
		clock.advance(TimeUnit.MILLISECONDS.toNanos(29_999));
		assertTrue(answer.isEmpty());
		clock.advance(TimeUnit.MILLISECONDS.toNanos(1));
		assertEquals(HiaiStatus.GRAPH_DESTROY_TIMEOUT, answer.poll(50, TimeUnit.SECONDS));
		var taken = assertThrows(IllegalArgumentException.class, () -> simulator.start(slow()));
		assertTrue(String.valueOf(taken.getMessage()).contains("engines have not returned"), taken::getMessage);
		assertFalse(said.contains("closed engine, 0 waiting"), said::toString);
		go.countDown();
		// The engine's own thread does the rest.
		while (simulator.graph(7).isPresent()) {
			Thread.onSpinWait();
		}
		assertTrue(said.contains("closed engine, 0 waiting"), said::toString);
		assertEquals(HiaiStatus.OK, simulator.start(slow()).stop());
	}

	@Test
	void anEngineMayDestroyItsOwnGraph() throws InterruptedException {
		Simulator simulator = simulator(Map.of());
		var graph = new LinkedBlockingQueue<RunningGraph>();
		class Ends extends Engine {
			@Override
			public HiaiStatus process(int port, Object message) {
				try {
					arrived.add(graph.take().stop());
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
				return HiaiStatus.OK;
			}
		}
		RunningGraph running = simulator.start(GraphConfig.builder(7).engine(1, "ends", Side.HOST, Ends::new).build());
		assertEquals(HiaiStatus.OK, running.send(DEVICE, "string", "end", 0));
		graph.add(running);
		assertEquals(HiaiStatus.OK, arrived.take());
		while (simulator.graph(7).isPresent()) {
			Thread.onSpinWait();
		}
		assertEquals(HiaiStatus.GRAPH_NOT_EXIST, running.send(DEVICE, "string", "late", 0));
	}

	@Test
	void whatCameAndWasNotGivenBackIsSaidInTheEnd() throws InterruptedException {
		register("is said");
		Simulator simulator = simulator(Map.of());
		RunningGraph graph = simulator.start(GraphConfig.builder(7).engine(1, "keep", Side.DEVICE, Keep::new).build());
		for (String name : List.of("given back", "kept")) {
			HiaiBuffer block = simulator.allocate(1000, 0, MemoryAttr.AUTO_FREE).block().orElseThrow();
			assertEquals(HiaiStatus.OK, graph.send(DEVICE, "is said", new Parcel(name, block, said), 0));
		}
		for (Object message : List.of(arrived.take(), arrived.take())) {
			HiaiBuffer data = ((Parcel) message).data();
			assertNotNull(data);
			if (((Parcel) message).name().equals("given back")) {
				data.close();
			}
		}
		PrintStream before = System.err;
		var err = new ByteArrayOutputStream();
		System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
		try {
			assertEquals(HiaiStatus.OK, graph.stop());
		} finally {
			System.setErr(before);
		}
		String line = err.toString(StandardCharsets.UTF_8);
		assertTrue(
				line.startsWith(
						"heaplens: graph 7 has ended, and nobody has given back 1 of the blocks that came to it, 1000 bytes in all;"),
				line);
	}

	@Test
	void aMessageThatCameOnlyHalfTheWayIsClosed() {
		register("half the way");
		RunningGraph graph = simulator(Map.of()).start(GraphConfig.builder(7)
				.engine(1, "source", Side.HOST, Fork::new)
				.engine(2, "open", Side.DEVICE, Keep::new)
				.engine(new EngineConfig(3, "full", Side.DEVICE, 1, 1, Map.of(), Slow::new)).connect(1, 0, 2, 0).connect(1, 0, 3, 0)
				.build());
		assertEquals(HiaiStatus.OK, graph.send(new EnginePort(7, 3, 0), "string", "a worker has it", 0));
		await(busy);
		assertEquals(HiaiStatus.OK, graph.send(new EnginePort(7, 3, 0), "string", "waits", 0));
		assertEquals(HiaiStatus.OK, graph.send(DEVICE, "string", "half the way", 0));
		while (!said.contains("QUEUE_FULL")) {
			Thread.onSpinWait();
		}
		assertTrue(said.contains("closed half the way"), said::toString);
		assertTrue(arrived.isEmpty(), arrived::toString);
		go.countDown();
		assertEquals(HiaiStatus.OK, graph.stop());
	}

	/** Sends a parcel with the name that it gets to all that is connected, without waiting. */
	private final class Fork extends Engine {
		@Override
		public HiaiStatus process(int port, Object message) {
			HiaiStatus status = sendData(0, message.toString(), new Parcel(message.toString(), null, said), 0);
			said.add(status.name());
			return status;
		}
	}

	@Test
	void aReceiverThatThrowsIsAnErrorToTheSenderOnly() throws InterruptedException {
		RunningGraph graph = simulator(Map.of())
				.start(GraphConfig.builder(7).engine(1, "source", Side.HOST, Fork::new).engine(2, "keep", Side.HOST, Keep::new)
						.connect(1, 0, 2, 0).build());
		assertEquals(HiaiStatus.OK, graph.receive(new EnginePort(7, 1, 0), message -> {
			throw new IllegalStateException("a receiver that fails, as the test wants");
		}));
		assertEquals(HiaiStatus.OK, graph.send(DEVICE, "string", "both", 0));
		assertEquals("both", ((Parcel) arrived.take()).name());
		graph.stop();
		assertEquals(List.of("ERROR"), said);
	}

	@Test
	void memoryOfTheProgramIsCopiedFromItsPositionToItsLimit() throws InterruptedException {
		SerializeRegistry.register("plain memory", byte[].class, bytes -> Parts.copying(new byte[0], ByteBuffer.wrap(bytes, 1, 2)),
				(control, data) -> {
					assertNotNull(data);
					byte[] bytes = new byte[data.size()];
					data.bytes().get(bytes);
					data.close();
					return bytes;
				});
		RunningGraph graph = simulator(Map.of()).start(GraphConfig.builder(7).engine(1, "keep", Side.DEVICE, Keep::new).build());
		assertEquals(HiaiStatus.OK, graph.send(DEVICE, "plain memory", new byte[]{1, 2, 3, 4}, 0));
		org.junit.jupiter.api.Assertions.assertArrayEquals(new byte[]{2, 3}, (byte[]) arrived.take());
		graph.stop();
		assertThrows(IllegalArgumentException.class,
				() -> new Parts(new byte[0], new ForeignBlock(), ByteBuffer.allocate(1)));
	}

	private static final class ForeignBlock extends HiaiBuffer {
		@Override
		public ByteBuffer bytes() {
			return ByteBuffer.allocate(1);
		}

		@Override
		public long address() {
			return 0;
		}

		@Override
		public int size() {
			return 1;
		}

		@Override
		public void close() {
			// Nobody owns it.
		}
	}

	@Test
	void aMisuseReachesAStrictSenderAndKeepsNoPlace() throws InterruptedException {
		register("is strict");
		Simulator simulator = simulator(Map.of("simulator.strict", "true"));
		RunningGraph graph = simulator.start(GraphConfig.builder(7)
				.engine(new EngineConfig(1, "keep", Side.DEVICE, 1, 1, Map.of(), Keep::new)).build());
		HiaiBuffer block = simulator.allocate(1000, 0, MemoryAttr.MANUAL_FREE).block().orElseThrow();
		assertEquals(HiaiStatus.OK, simulator.free(block));
		var freed = assertThrows(MisuseException.class, () -> graph.send(DEVICE, "is strict", new Parcel("freed", block, said), 0));
		assertEquals(MisuseReason.USE_AFTER_FREE, freed.reason());
		var unknown = assertThrows(MisuseException.class, () -> graph.send(DEVICE, "was never registered", "x", 0));
		assertEquals(MisuseReason.UNREGISTERED_MESSAGE, unknown.reason());
		assertEquals(HiaiStatus.OK, graph.send(DEVICE, "string", "good", 0));
		assertEquals("good", arrived.take());
		graph.stop();
	}

	@Test
	void stacksHaveTheFramesThatWereAskedFor() throws IOException {
		for (int frames : new int[]{0, 1, 3}) {
			Path traces = Files.createDirectory(folder.resolve("frames" + frames));
			FreshSimulator.make(Map.of("recording.stack-frames", Integer.toString(frames)), traces, clock).driver().allocate(100, 0,
					MemoryAttr.MANUAL_FREE);
			try (var files = Files.list(traces); TraceReader reader = TraceReader.open(files.findFirst().orElseThrow())) {
				var stacks = new ArrayList<Integer>();
				reader.poll(event -> stacks.add(event.stack()), 10);
				assertEquals(frames, stacks.get(0) == 0 ? 0 : reader.stack(stacks.get(0)).size());
			}
		}
	}

	@Test
	void aFlightRecorderKeepsTheEndAndItsSize() throws IOException {
		Simulator simulator = simulator(Map.of("recording.mode", "flight", "recording.ring", "1M"));
		HiaiBuffer kept = simulator.allocate(100, 0, MemoryAttr.MANUAL_FREE).block().orElseThrow();
		for (int pair = 0; pair < 50_000; pair++) {
			simulator.free(simulator.allocate(1000, 0, MemoryAttr.MANUAL_FREE).block().orElseThrow());
		}
		try (TraceReader reader = TraceReader.open(trace())) {
			var newest = new ArrayList<Long>();
			reader.poll(event -> newest.add(event.sequence()), Integer.MAX_VALUE);
			assertEquals(100_001, newest.get(newest.size() - 1));
			assertTrue(reader.overwritten() > 50_000, () -> reader.overwritten() + " overwritten");
			assertEquals(0, reader.dropped());
		}
		// 100,001 events of 64 bytes are more than 6 MB.
		assertTrue(Files.size(trace()) < 4 << 20, () -> trace() + " is large");
		kept.close();
	}

	@Test
	void theTraceKnowsEveryDeviceByName() throws IOException {
		simulator(Map.of("device.count", "3", "device.capacity", "2M"));
		assertEquals(List.of("host", "device 0", "device 1", "device 2"), heaps().stream().map(HeapInfo::name).toList());
		assertEquals(List.of(1L << 30, 2L << 20, 2L << 20, 2L << 20), heaps().stream().map(HeapInfo::capacity).toList());
		assertEquals(4, heaps().stream().map(HeapInfo::baseAddress).distinct().count());
	}

	@Test
	void aBoardWithoutAHostHasOneHeap() throws IOException {
		Simulator simulator = simulator(Map.of("simulator.rc", "true", "device.count", "3"));
		assertEquals(List.of("device 0"), heaps().stream().map(HeapInfo::name).toList());
		assertEquals(Place.device(0), simulator.callersPlace());
		assertEquals(HiaiStatus.OK, simulator.allocateDvpp(100).status());
	}

	private Path trace() {
		try (var files = Files.list(folder)) {
			return files.findFirst().orElseThrow();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private List<HeapInfo> heaps() throws IOException {
		try (TraceReader reader = TraceReader.open(trace())) {
			return reader.heaps();
		}
	}
}
