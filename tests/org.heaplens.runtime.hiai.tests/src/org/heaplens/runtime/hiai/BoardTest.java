// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver on a library that is not ours: what Java does about what such a library cannot tell. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BoardTest {
	/** A process has one library. */
	private static @Nullable HeapDriver made;

	@BeforeAll
	static void load() {
		System.setProperty("heaplens.library", Natives.board("board").toString());
		System.setProperty("heaplens.jni", Natives.jni().toString());
		made = new NativeDriver();
	}

	private static HeapDriver driver() {
		HeapDriver driver = made;
		assertNotNull(driver);
		return driver;
	}

	private static HiaiBuffer block(int size, MemoryAttr flag) {
		return driver().allocate(size, 0, flag).block().orElseThrow();
	}

	/** What is said to the user while something runs. */
	private static String said(Runnable part) {
		PrintStream before = System.err;
		var said = new ByteArrayOutputStream();
		System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
		try {
			part.run();
		} finally {
			System.setErr(before);
		}
		return said.toString(StandardCharsets.UTF_8).replace("\r", "");
	}

	@Test
	void aBlockIsTheLibrarysMemory() {
		try (HiaiBuffer block = block(1000, MemoryAttr.MANUAL_FREE)) {
			ByteBuffer bytes = block.bytes();
			assertEquals(1000, bytes.capacity());
			assertEquals(ByteOrder.nativeOrder(), bytes.order());
			assertTrue(bytes.isDirect());
			assertEquals(block.address(), NativeCalls.address(bytes));
			bytes.putLong(992, 0x0102030405060708L);
			assertEquals(0x0102030405060708L, block.bytes().getLong(992));
			assertTrue(driver().isDMalloc(block, 0, 1000));
			assertTrue(driver().isDMalloc(block, 999, 1));
			assertFalse(driver().isDMalloc(block, 999, 2));
			assertFalse(driver().isDMalloc(block, -1, 1));
			assertFalse(driver().isDMalloc(block, 0, -1));
		}
	}

	@Test
	void bothFormsOfARequestGiveABlock() {
		HiaiBuffer block = driver().allocateOrNull(10, HeapDriver.USUAL_TIME_OUT, MemoryAttr.AUTO_FREE);
		assertNotNull(block);
		assertEquals(HiaiStatus.OK, driver().free(block));
		assertNull(driver().allocateOrNull(2 << 20, 0, MemoryAttr.AUTO_FREE));
	}

	@Test
	void successIsLearntAndOneFailureKnownAndTheOthersAreSaidOnce() {
		block(1, MemoryAttr.MANUAL_FREE).close();
		assertEquals(HiaiStatus.GRAPH_MEMORY_POOL_STOPPED, driver().allocate(666, 0, MemoryAttr.MANUAL_FREE).status());
		assertEquals("", said(() -> block(1, MemoryAttr.MANUAL_FREE).close()));
		var fresh = new Statuses(false);
		String line = "heaplens: the library answers 0x7a011005, which its documents do not explain; Java sees ERROR"
				+ System.lineSeparator();
		assertEquals(line.replace("\r", ""), said(() -> {
			assertEquals(HiaiStatus.ERROR, fresh.of(0x7A011005));
			assertEquals(HiaiStatus.ERROR, fresh.of(0x7A011005));
		}));
		// It has the number of one of ours, which on a board means we do not know what.
		assertFalse(said(() -> assertEquals(HiaiStatus.ERROR, fresh.of(HiaiStatus.QUEUE_FULL.code()))).isEmpty());
		assertEquals(HiaiStatus.QUEUE_FULL, new Statuses(true).of(HiaiStatus.QUEUE_FULL.code()));
	}

	@Test
	void aBlockThatWasFreedIsNeverGivenBackAgain() {
		HiaiBuffer first = block(5000, MemoryAttr.MANUAL_FREE);
		assertEquals(HiaiStatus.OK, driver().free(first));
		// Somebody else gets the place, sooner or later.
		List<HiaiBuffer> others = new ArrayList<>();
		for (int index = 0; index < 100; index++) {
			others.add(block(5000, MemoryAttr.MANUAL_FREE));
		}
		assertTrue(others.stream().anyMatch(other -> other.address() == first.address()), "the place is not used again");
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, driver().free(first));
		first.close();
		assertFalse(driver().isDMalloc(first, 0, 1));
		others.forEach(other -> assertTrue(driver().isDMalloc(other, 0, 5000)));
		others.forEach(other -> assertEquals(HiaiStatus.OK, driver().free(other)));
	}

	@Test
	void theBytesOfABlockThatWasFreedAreRefused() {
		HiaiBuffer block = block(100, MemoryAttr.AUTO_FREE);
		block.close();
		var thrown = assertThrows(IllegalStateException.class, block::bytes);
		assertEquals("block of 100 bytes at 0x" + Long.toHexString(block.address()) + " is used after it was freed", thrown.getMessage());
	}

	@Test
	void eachBlockGoesBackByTheCallThatFits() {
		Allocation allocation = driver().allocateDvpp(100);
		HiaiBuffer dvpp = allocation.block().orElseThrow();
		assertFalse(driver().isDMalloc(dvpp, 0, 1));
		assertEquals(HiaiStatus.ERROR, driver().free(dvpp));
		dvpp.bytes().put(0, (byte) 1);
		dvpp.close();
		assertThrows(IllegalStateException.class, dvpp::bytes);
		HiaiBuffer manual = block(100, MemoryAttr.MANUAL_FREE);
		assertEquals(HiaiStatus.ERROR, driver().freeDvpp(manual));
		assertEquals(HiaiStatus.OK, driver().free(manual));
	}

	@Test
	void nothingAndWhatIsNoBlockAreRefused() {
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, driver().free(null));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, driver().freeDvpp(null));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, driver().release(null));
		var foreign = new NotABlock();
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, driver().free(foreign));
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, driver().freeDvpp(foreign));
		assertFalse(driver().isDMalloc(foreign, 0, 1));
		assertFalse(driver().isDMalloc(null, 0, 1));
	}

	@Test
	void ofThreadsThatFreeTheSameBlockOneDoes() throws InterruptedException, ExecutionException {
		int threads = 4;
		int blocks = 20_000;
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			var freed = new AtomicInteger();
			var shared = new HiaiBuffer[blocks];
			for (int index = 0; index < blocks; index += 500) {
				int from = index;
				for (int place = from; place < from + 500; place++) {
					shared[place] = block(64, MemoryAttr.MANUAL_FREE);
				}
				List<Future<?>> calls = new ArrayList<>();
				for (int thread = 0; thread < threads; thread++) {
					calls.add(pool.submit(() -> {
						for (int place = from; place < from + 500; place++) {
							if (driver().free(shared[place]) == HiaiStatus.OK) {
								freed.incrementAndGet();
							}
						}
					}));
				}
				for (Future<?> call : calls) {
					call.get();
				}
			}
			assertEquals(blocks, freed.get());
		} finally {
			pool.shutdownNow();
		}
	}

	@Test
	void whoWatchesIsTold() {
		var seen = new Seen();
		driver().observe(seen);
		try {
			HiaiBuffer block = driver().allocateOrNull(100, 0, MemoryAttr.AUTO_FREE);
			driver().free(block);
			driver().free(block);
			assertNotNull(block);
			assertThrows(IllegalStateException.class, block::bytes);
			driver().allocateDvpp(10).block().orElseThrow().close();
			driver().free(new NotABlock());
		} finally {
			driver().forget(seen);
		}
		block(1, MemoryAttr.MANUAL_FREE).close();
		assertEquals(List.of("AUTO_FREE made", "freed", "DOUBLE_FREE", "USE_AFTER_FREE", "DVPP made", "freed", "NOT_A_BLOCK"), seen.what);
		assertEquals(BoardTest.class.getName(), seen.from);
	}

	@Test
	void enginesInJavaAreRefusedWithAWayOut() {
		GraphConfig graph = GraphConfig.builder(1).build();
		var thrown = assertThrows(UnsupportedOperationException.class, () -> driver().start(graph));
		assertEquals("a native library runs the engines of its own .so files, not engines in Java: make the graph from its file with "
				+ "Graph.create(file), or set driver=simulator", thrown.getMessage());
	}

	private static final GraphConfig GRAPH = GraphConfig.builder(7).engine(2, "detector", Side.DEVICE, () -> {
		throw new IllegalStateException("made in Java");
	}).engine(4, "source", Side.HOST, () -> {
		throw new IllegalStateException("made in Java");
	}).build();

	/** The struct that the board knows as a frame: size, padding, pointer to the data, every byte of which is the size. */
	private static NativeMessage frame(HiaiBuffer block) {
		ByteBuffer bytes = block.bytes();
		while (bytes.hasRemaining()) {
			bytes.put((byte) block.size());
		}
		ByteBuffer struct = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
		struct.putInt(0, block.size()).putLong(8, block.address());
		return new NativeMessage(struct, block);
	}

	@Test
	void graphsOfAFileRunAndTakeMessages() {
		var seen = new Seen();
		List<HeapDriver.RunningGraph> graphs = driver().start(Path.of("some/graph.config"), List.of(GRAPH));
		HeapDriver.RunningGraph graph = graphs.get(0);
		HiaiBuffer sent = block(100, MemoryAttr.AUTO_FREE);
		NativeMessage frame = frame(sent);
		driver().observe(seen);
		try {
			assertEquals(HiaiStatus.OK, graph.send(new EnginePort(7, 2, 3), "frame", frame, 0));
		} finally {
			driver().forget(seen);
		}
		assertEquals(List.of("sent", "freed by the framework"), seen.what);
		var used = assertThrows(IllegalStateException.class, sent::bytes);
		assertTrue(String.valueOf(used.getMessage()).endsWith(" is used after it was sent, which freed it"), used::getMessage);
		sent.close();
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, graph.send(new EnginePort(7, 2, 3), "frame", frame, 0));
		assertEquals(HiaiStatus.OK, graph.stop());
		assertEquals(HiaiStatus.ERROR, graph.stop());
	}

	@Test
	void whatIsNotSentStaysWithItsOwner() {
		HeapDriver.RunningGraph graph = driver().start(Path.of("some/graph.config"), List.of(GRAPH)).get(0);
		HiaiBuffer block = block(100, MemoryAttr.AUTO_FREE);
		assertEquals(HiaiStatus.ERROR, graph.send(new EnginePort(7, 2, 4), "frame", frame(block), 0));
		assertEquals(100, block.bytes().get(99));
		assertEquals(HiaiStatus.OK, driver().free(block));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, graph.send(new EnginePort(7, 2, 3), "frame", null, 0));
		assertEquals(HiaiStatus.OK, graph.stop());
	}

	@Test
	void aManualBlockThatWasSentMayBeReadAndNotWritten() {
		HiaiBuffer block = block(100, MemoryAttr.MANUAL_FREE);
		NativeBuffer sent = (NativeBuffer) block;
		assertTrue(sent.enter(NativeBuffer.State.LIVE, NativeBuffer.State.SENDING));
		((NativeDriver) driver()).sent(sent, HiaiStatus.OK, NativeBuffer.State.READABLE);
		assertTrue(block.bytes().isReadOnly());
		assertEquals(HiaiStatus.OK, driver().free(block));
	}

	@Test
	void whatOnlyCppUnderstandsIsRefusedWithAWayOut() {
		HeapDriver.RunningGraph graph = driver().start(Path.of("some/graph.config"), List.of(GRAPH)).get(0);
		var port = new EnginePort(7, 2, 3);
		var object = assertThrows(UnsupportedOperationException.class, () -> graph.send(port, "frame", "a string", 0));
		assertTrue(String.valueOf(object.getMessage()).startsWith("a native library knows nothing of Java's objects: "));
		var receiver = assertThrows(UnsupportedOperationException.class, () -> graph.receive(port, message -> HiaiStatus.OK));
		assertTrue(String.valueOf(receiver.getMessage()).endsWith("to receive in Java, set driver=simulator"));
		assertThrows(IllegalArgumentException.class, () -> new NativeMessage(ByteBuffer.allocate(8), List.of()));
		graph.stop();
		var refused = assertThrows(IllegalArgumentException.class,
				() -> driver().start(Path.of("refused/graph.config"), List.of(GRAPH)));
		assertEquals("the library does not make the graphs of refused/graph.config: it answers ERROR (0x7a011004)", refused.getMessage());
	}

	private static final class Seen implements HeapDriver.Observer {
		private final List<String> what = new ArrayList<>();
		private String from = "";

		@Override
		public void made(HiaiBuffer block, Side side, int device, BlockFlag flag, HeapDriver.Caller caller) {
			assertEquals(Side.HOST, side);
			what.add(flag + " made");
			from = caller.stack().get(0).className();
		}

		@Override
		public void sent(HiaiBuffer block, HiaiStatus status, HeapDriver.Caller caller) {
			what.add("sent");
		}

		@Override
		public void freed(HiaiBuffer block, boolean byFramework, HeapDriver.Caller caller) {
			what.add(byFramework ? "freed by the framework" : "freed");
		}

		@Override
		public void misused(MisuseReason reason, HiaiStatus status, @Nullable HiaiBuffer block, HeapDriver.Caller caller) {
			what.add(reason.name());
		}
	}

	/** Memory that no library gave. */
	private static final class NotABlock extends HiaiBuffer {
		@Override
		public ByteBuffer bytes() {
			return ByteBuffer.allocate(1);
		}

		@Override
		public long address() {
			return 0x7000;
		}

		@Override
		public int size() {
			return 1;
		}

		@Override
		public void close() {
			// The collector's.
		}
	}
}
