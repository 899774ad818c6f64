// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.MemoryWatch.Leak;
import org.heaplens.runtime.MemoryWatch.Misuse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MemoryWatchTest {
	private static final int GRAPH = 21;

	private static HiaiBuffer block(MemoryAttr flag) {
		HiaiBuffer block = HiaiMemory.dMalloc(1000, 0, flag);
		assertNotNull(block);
		return block;
	}

	@Test
	void aLeakTellsTheBlockAndItsSite() {
		try (var watch = MemoryWatch.begin(); HiaiBuffer block = block(MemoryAttr.MANUAL_FREE)) {
			Leak leak = only(watch.leaks());
			assertEquals(new Leak(Side.HOST, 0, block.address(), 1000, BlockFlag.MANUAL_FREE, Thread.currentThread().getName(),
					Optional.empty(), leak.stack()), leak);
			assertEquals("block", leak.stack().get(0).method());
			assertEquals("aLeakTellsTheBlockAndItsSite", leak.stack().get(1).method());
			assertEquals("MANUAL_FREE block of 1000 bytes at 0x" + Long.toHexString(block.address()) + " on the host", leak.block());
		}
	}

	@Test
	void whatWasThereBeforeAndWhatIsFreedAreNoLeaks() {
		try (HiaiBuffer before = block(MemoryAttr.AUTO_FREE); var watch = MemoryWatch.begin()) {
			block(MemoryAttr.AUTO_FREE).close();
			assertEquals(List.of(), watch.leaks());
			assertEquals(HiaiStatus.OK, HiaiMemory.dFree(before));
			assertEquals(List.of(), watch.misuses());
		}
	}

	@Test
	void aClosedWatchSeesNoMore() {
		var watch = MemoryWatch.begin();
		watch.close();
		block(MemoryAttr.AUTO_FREE).close();
		HiaiMemory.dFree(block(MemoryAttr.AUTO_FREE));
		HiaiMemory.allocate(0, 0, MemoryAttr.AUTO_FREE);
		assertEquals(List.of(), watch.leaks());
		assertEquals(List.of(), watch.misuses());
	}

	@Test
	void aMisuseTellsTheHistoryOfItsBlock() {
		try (var watch = MemoryWatch.begin()) {
			HiaiBuffer block = block(MemoryAttr.MANUAL_FREE);
			HiaiMemory.dFree(block);
			HiaiMemory.dFree(block);
			Misuse misuse = only(watch.misuses());
			assertEquals(MisuseReason.DOUBLE_FREE, misuse.reason());
			assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, misuse.status());
			assertTrue(misuse.block().startsWith("MANUAL_FREE block of 1000 bytes"), misuse.block());
			assertEquals("aMisuseTellsTheHistoryOfItsBlock", misuse.stack().get(0).method());
			assertTrue(misuse.history().get(0).startsWith("allocated at org.heaplens.runtime.MemoryWatchTest.block("),
					misuse.history().get(0));
			assertTrue(misuse.history().get(1).startsWith("freed at org.heaplens.runtime.MemoryWatchTest.aMisuse"),
					misuse.history().get(1));
			assertEquals(2, misuse.history().size());
		}
	}

	@Test
	void aMisuseWithoutABlockHasNoHistory() {
		try (var watch = MemoryWatch.begin()) {
			HiaiMemory.allocate(0, 0, MemoryAttr.AUTO_FREE);
			HiaiMemory.dvppDMalloc(10);
			assertEquals(List.of(MisuseReason.SIZE_ZERO, MisuseReason.DVPP_ON_HOST),
					watch.misuses().stream().map(Misuse::reason).toList());
			assertEquals(List.of(), watch.misuses().get(0).history());
		}
	}

	@Test
	void onlyWhatConcernsItIsSeen() throws InterruptedException {
		Thread here = Thread.currentThread();
		try (var watch = MemoryWatch.begin(() -> Thread.currentThread() == here)) {
			var made = new LinkedBlockingQueue<HiaiBuffer>();
			var other = new Thread(() -> made.add(block(MemoryAttr.AUTO_FREE)));
			other.start();
			other.join();
			assertEquals(List.of(), watch.leaks());
			made.take().close();
			HiaiBuffer block = block(MemoryAttr.AUTO_FREE);
			assertEquals(1, watch.leaks().size());
			var freer = new Thread(block::close);
			freer.start();
			freer.join();
			assertEquals(List.of(), watch.leaks());
		}
	}

	@Test
	void engineAndSideOfABlockAreTold() throws InterruptedException {
		var done = new LinkedBlockingQueue<HiaiBuffer>();
		Engine engine = new Engine() {
			@Override
			public HiaiStatus process(int port, Object message) {
				done.add(block(MemoryAttr.MANUAL_FREE));
				return HiaiStatus.OK;
			}
		};
		SerializeRegistry.registerDataType("watched", String.class, String::getBytes, String::new);
		try (var watch = MemoryWatch.begin();
				Graph graph = Graph.create(GraphConfig.builder(GRAPH).engine(1, "camera", Side.DEVICE, () -> engine).build())) {
			assertEquals(HiaiStatus.OK, graph.sendData(new EnginePort(GRAPH, 1, 0), "watched", "go"));
			try (HiaiBuffer block = done.take()) {
				Leak leak = only(watch.leaks());
				assertEquals(Side.DEVICE, leak.side());
				assertEquals(Optional.of(new EngineInfo(GRAPH, 1, "camera", Side.DEVICE)), leak.engine());
				assertEquals("e1_w0", leak.thread());
				assertEquals(block.address(), leak.address());
			}
		}
	}

	private static <T> T only(List<T> list) {
		assertEquals(1, list.size(), list::toString);
		return list.get(0);
	}
}
