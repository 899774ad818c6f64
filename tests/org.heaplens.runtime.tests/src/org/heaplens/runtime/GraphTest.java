// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Side;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GraphTest {
	private static final int GRAPH = 7;
	private static final EnginePort DEVICE = new EnginePort(GRAPH, 1, 0);
	private static final EnginePort HOST = new EnginePort(GRAPH, 2, 0);

	private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

	record Frame(int number, @Nullable HiaiBuffer pixels) {}

	static {
		SerializeRegistry.register("frame", Frame.class,
				frame -> new SerializeRegistry.Parts(new byte[]{(byte) frame.number()}, frame.pixels()),
				(control, data) -> new Frame(control[0], data));
		SerializeRegistry.register("broken", Frame.class, frame -> new SerializeRegistry.Parts(new byte[0], frame.pixels()),
				(control, data) -> {
					throw new IllegalStateException("cannot put it together");
				});
		SerializeRegistry.register("error", Frame.class, frame -> new SerializeRegistry.Parts(new byte[0], frame.pixels()),
				(control, data) -> {
					throw new AssertionError("cannot put it together");
				});
		SerializeRegistry.register("nothing", Frame.class, frame -> new SerializeRegistry.Parts(new byte[0], frame.pixels()),
				(control, data) -> Frame.class.cast(null));
		SerializeRegistry.registerDataType("text", String.class, text -> text.getBytes(StandardCharsets.UTF_8),
				bytes -> new String(bytes, StandardCharsets.UTF_8));
	}

	private static final class Step extends Engine {
		private final BiFunction<Step, Object, HiaiStatus> work;

		Step(BiFunction<Step, Object, HiaiStatus> work) {
			this.work = work;
		}

		@Override
		public HiaiStatus process(int port, Object message) {
			return work.apply(this, message);
		}

		HiaiStatus send(String name, Object message) {
			return sendData(0, name, message);
		}
	}

	private Graph graph(int queueSize, BiFunction<Step, Object, HiaiStatus> onDevice) {
		return Graph.create(GraphConfig.builder(GRAPH)
				.engine(new EngineConfig(1, "device", Side.DEVICE, 2, queueSize, java.util.Map.of(), () -> new Step(onDevice)))
				.engine(2, "host", Side.HOST, () -> new Step(this::keep)).connect(1, 0, 2, 0).build());
	}

	private HiaiStatus keep(Step step, Object message) {
		arrived.add(message);
		return HiaiStatus.OK;
	}

	private static HiaiBuffer block(MemoryAttr flag) {
		HiaiBuffer block = HiaiMemory.dMalloc(1000, 0, flag);
		assertNotNull(block);
		block.bytes().put(999, (byte) 42);
		return block;
	}

	private static HiaiBuffer pixels(Object message) {
		HiaiBuffer pixels = ((Frame) message).pixels();
		assertNotNull(pixels);
		return pixels;
	}

	@AfterEach
	void end() {
		Graph.find(GRAPH).ifPresent(Graph::destroy);
	}

	@Test
	void aSentAutomaticBlockIsGoneAndItsCopyHasArrived() throws InterruptedException {
		Graph graph = graph(10, this::keep);
		HiaiBuffer block = block(MemoryAttr.AUTO_FREE);
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "frame", new Frame(3, block)));
		var thrown = assertThrows(IllegalStateException.class, block::bytes);
		assertTrue(thrown.getMessage().contains("sent"), thrown.getMessage());
		assertFalse(HiaiMemory.isDMalloc(block, 1000));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, graph.sendData(DEVICE, "frame", new Frame(3, block)));
		block.close();
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, HiaiMemory.dFree(block));
		Object message = arrived.take();
		assertEquals(3, ((Frame) message).number());
		assertEquals(42, pixels(message).bytes().get(999));
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, HiaiMemory.dvppDFree(pixels(message)));
		assertEquals(HiaiStatus.OK, HiaiMemory.dFree(pixels(message)));
	}

	@Test
	void aSentManualBlockStaysWithItsSender() throws InterruptedException {
		Graph graph = graph(10, this::keep);
		HiaiBuffer block = block(MemoryAttr.MANUAL_FREE);
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "frame", new Frame(1, block)));
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "frame", new Frame(2, block)));
		assertEquals(42, block.bytes().get(999));
		assertEquals(HiaiStatus.OK, HiaiMemory.dFree(block));
		pixels(arrived.take()).close();
		pixels(arrived.take()).close();
	}

	@Test
	void theSameSidePassesTheObjectItself() throws InterruptedException {
		Graph graph = graph(10, this::keep);
		var message = new Frame(1, block(MemoryAttr.AUTO_FREE));
		assertEquals(HiaiStatus.OK, graph.sendData(HOST, "never registered", message));
		assertEquals(message, arrived.take());
		assertEquals(HiaiStatus.OK, HiaiMemory.dFree(message.pixels()));
	}

	@Test
	void plainMessagesCrossAsBytes() throws InterruptedException {
		assertEquals(HiaiStatus.OK, graph(10, this::keep).sendData(DEVICE, "text", "words"));
		assertEquals("words", arrived.take());
	}

	@Test
	void anUnregisteredMessageDoesNotCross() {
		Graph graph = graph(10, this::keep);
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, graph.sendData(DEVICE, "unknown", "words"));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, graph.sendData(DEVICE, "frame", "of another type"));
	}

	@Test
	void aDeserializerThatThrowsFailsTheSendAndLeavesTheBlock() {
		Graph graph = graph(10, this::keep);
		HiaiBuffer block = block(MemoryAttr.AUTO_FREE);
		assertEquals(HiaiStatus.GRAPH_SENDMSG_FAILED, graph.sendData(DEVICE, "broken", new Frame(1, block)));
		assertEquals(HiaiStatus.OK, HiaiMemory.dFree(block));
	}

	@Test
	void aFullQueueTakesNothing() throws InterruptedException {
		var busy = new CountDownLatch(2);
		var go = new CountDownLatch(1);
		Graph graph = graph(1, (step, message) -> {
			busy.countDown();
			await(go);
			return keep(step, message);
		});
		for (int number = 0; number < 2; number++) {
			assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "text", "a worker has it", 50_000));
		}
		assertTrue(busy.await(50, TimeUnit.SECONDS));
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "text", "waits", 50_000));
		HiaiBuffer block = block(MemoryAttr.AUTO_FREE);
		assertEquals(HiaiStatus.QUEUE_FULL, graph.sendData(DEVICE, "frame", new Frame(1, block), 5));
		assertEquals(HiaiStatus.QUEUE_FULL, Graph.send(DEVICE, "text", "does not wait"));
		assertEquals(HiaiStatus.GRAPH_NOT_EXIST, Graph.send(new EnginePort(GRAPH + 1, 1, 0), "text", "to nowhere"));
		assertEquals(HiaiStatus.OK, HiaiMemory.dFree(block));
		go.countDown();
		assertEquals("a worker has it", arrived.take());
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void enginesWorkOnTheirSide() throws InterruptedException {
		Graph graph = graph(10, (step, message) -> {
			assertTrue(Thread.currentThread().getName().matches("e1_w[01]"), Thread.currentThread().getName());
			HiaiBuffer scratch = HiaiMemory.dvppDMalloc(100);
			assertNotNull(scratch);
			assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, HiaiMemory.dFree(scratch));
			assertEquals(HiaiStatus.OK, HiaiMemory.dvppDFree(scratch));
			pixels(message).close();
			return step.send("frame", new Frame(9, block(MemoryAttr.AUTO_FREE)));
		});
		assertNull(HiaiMemory.dvppDMalloc(100));
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "frame", new Frame(1, block(MemoryAttr.AUTO_FREE))));
		Object message = arrived.take();
		assertEquals(9, ((Frame) message).number());
		assertEquals(42, pixels(message).bytes().get(999));
		pixels(message).close();
	}

	@Test
	void anExceptionCostsOneMessage() throws InterruptedException {
		Graph graph = graph(10, (step, message) -> {
			if (message.equals("bad")) {
				throw new IllegalArgumentException("a message that the test sent");
			}
			return keep(step, message);
		});
		graph.sendData(DEVICE, "text", "bad");
		graph.sendData(DEVICE, "text", "good");
		assertEquals("good", arrived.take());
	}

	@Test
	void errorsAndInterruptsCostNoThread() throws InterruptedException {
		Graph graph = graph(10, (step, message) -> {
			if (message.equals("error")) {
				throw new AssertionError("a message that the test sent");
			}
			if (message.equals("interrupt")) {
				Thread.currentThread().interrupt();
			}
			return keep(step, message);
		});
		for (String message : List.of("error", "interrupt", "error", "interrupt", "error", "good")) {
			assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "text", message));
		}
		List<Object> kept = List.of(arrived.take(), arrived.take(), arrived.take());
		assertTrue(kept.contains("good"), kept::toString);
	}

	@Test
	void aReceiverThatMakesNothingFailsTheSendAndKeepsNoPlace() throws InterruptedException {
		Graph graph = graph(1, this::keep);
		for (String name : List.of("nothing", "error", "nothing", "error")) {
			HiaiBuffer block = block(MemoryAttr.AUTO_FREE);
			assertEquals(HiaiStatus.GRAPH_SENDMSG_FAILED, graph.sendData(DEVICE, name, new Frame(1, block)), name);
			assertEquals(HiaiStatus.OK, HiaiMemory.dFree(block), name);
		}
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "text", "good", 0));
		assertEquals("good", arrived.take());
	}

	@Test
	void anInterruptedSenderTakesAFreePlace() throws InterruptedException {
		Graph graph = graph(10, this::keep);
		Thread.currentThread().interrupt();
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "text", "good"));
		assertTrue(Thread.interrupted());
		assertEquals("good", arrived.take());
	}

	@Test
	void destroyEndsSendsThatWaitForAPlace() throws Exception {
		var busy = new CountDownLatch(2);
		var go = new CountDownLatch(1);
		Graph graph = graph(1, (step, message) -> {
			busy.countDown();
			await(go);
			return HiaiStatus.OK;
		});
		for (int number = 0; number < 2; number++) {
			assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "text", "a worker has it", 50_000));
		}
		assertTrue(busy.await(50, TimeUnit.SECONDS));
		assertEquals(HiaiStatus.OK, graph.sendData(DEVICE, "text", "waits", 50_000));
		var answer = new LinkedBlockingQueue<HiaiStatus>();
		var sender = new Thread(() -> answer.add(graph.sendData(DEVICE, "text", "no place", Integer.MAX_VALUE)));
		sender.start();
		while (sender.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		var destroyer = new Thread(graph::destroy);
		destroyer.start();
		// The workers are held up: only the end of the graph can answer this.
		assertEquals(HiaiStatus.GRAPH_NOT_EXIST, answer.poll(20, TimeUnit.SECONDS));
		go.countDown();
		destroyer.join();
	}

	@Test
	void receiversTakeWhatLeavesTheGraph() throws InterruptedException {
		Graph graph = graph(10, (step, message) -> step.send("text", message));
		var outside = new LinkedBlockingQueue<Object>();
		assertEquals(HiaiStatus.PORT_ID_ERROR, graph.setDataReceiver(new EnginePort(GRAPH, 99, 0), message -> HiaiStatus.OK));
		assertEquals(HiaiStatus.OK, graph.setDataReceiver(new EnginePort(GRAPH, 1, 0), message -> {
			outside.add(message);
			return HiaiStatus.OK;
		}));
		graph.sendData(DEVICE, "text", "out");
		assertEquals("out", outside.take());
	}

	@Test
	void aDestroyedGraphTakesNothing() {
		Graph graph = graph(10, this::keep);
		assertEquals(HiaiStatus.OK, graph.destroy());
		assertEquals(HiaiStatus.GRAPH_NOT_EXIST, graph.destroy());
		assertEquals(HiaiStatus.GRAPH_NOT_EXIST, graph.sendData(HOST, "text", "late"));
		assertTrue(Graph.find(GRAPH).isEmpty());
	}

	@Test
	void wrongTargetsAreNamed() {
		Graph graph = graph(10, (step, message) -> HiaiStatus.OK);
		assertEquals(HiaiStatus.GRAPH_ENGINE_NOT_EXIST, graph.sendData(new EnginePort(GRAPH, 99, 0), "text", "x"));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, graph.sendData(HOST, "text", null));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, HiaiMemory.dFree(null));
		assertEquals(HiaiStatus.GRAPH_ENGINE_NOT_EXIST, new Step((step, message) -> HiaiStatus.OK).send("text", "x"));
	}
}
