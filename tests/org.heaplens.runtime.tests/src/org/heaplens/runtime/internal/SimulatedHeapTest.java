// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SimulatedHeapTest {
	private static final int MEBIBYTE = 1 << 20;
	private static final int LONG_MILLIS = 50_000;
	/** A thread for each task: the common pool may have only one, and these tasks wait for each other. */
	private static final Executor ONE_EACH = task -> new Thread(task).start();

	@TempDir
	Path folder = Path.of(""); // JUnit sets it

	private SimulatedHeap heap(Side side, long capacity) {
		recorder = Recorder.begin(Settings.of(Map.of(Setting.TRACE, folder.toString())));
		return heap(new HeapInfo(0, side, 0, capacity, 0x1000_0000L));
	}

	private SimulatedHeap heap(HeapInfo info) {
		return new SimulatedHeap(info, HeapRules.of(info.side(), Settings.of(Map.of())), Clock.SYSTEM, recorder);
	}

	private Recorder recorder = Recorder.begin(Settings.of(Map.of()));

	private List<HeapEvent> events(SimulatedHeap heap) throws IOException {
		heap.end();
		recorder.end();
		List<HeapEvent> events = new ArrayList<>();
		try (var files = java.nio.file.Files.list(folder); TraceReader reader = TraceReader.open(files.findFirst().orElseThrow())) {
			reader.poll(events::add, Integer.MAX_VALUE);
		}
		return events;
	}

	private List<EventKind> kinds(SimulatedHeap heap) throws IOException {
		return events(heap).stream().map(HeapEvent::kind).toList();
	}

	private static SimulatedBuffer block(Answer answer) {
		assertEquals(HiaiStatus.OK, answer.status());
		return (SimulatedBuffer) answer;
	}

	@Test
	void hostBlocksMayHave256MebibytesAndNoMore() {
		SimulatedHeap heap = heap(Side.HOST, 512L << 20);
		assertEquals(HiaiStatus.GRAPH_MALLOC_LARGER, heap.allocate((256 << 20) + 1, 0, BlockFlag.MANUAL_FREE).status());
		assertEquals(256 << 20, block(heap.allocate(256 << 20, 0, BlockFlag.MANUAL_FREE)).extentSize());
	}

	@Test
	void deviceBlocksHave96BytesLessAndFillAWholeBlock() {
		SimulatedHeap heap = heap(Side.DEVICE, 512L << 20);
		assertEquals(HiaiStatus.GRAPH_MALLOC_LARGER, heap.allocate((256 << 20) - 95, 0, BlockFlag.MANUAL_FREE).status());
		assertEquals(256 << 20, block(heap.allocate((256 << 20) - 96, 0, BlockFlag.MANUAL_FREE)).extentSize());
	}

	@Test
	void blocksAreAligned() {
		SimulatedHeap host = heap(Side.HOST, MEBIBYTE);
		SimulatedHeap device = heap(new HeapInfo(1, Side.DEVICE, 0, MEBIBYTE, 0));
		for (int size = 1; size < 300; size += 7) {
			assertEquals(0, block(host.allocate(size, 0, BlockFlag.AUTO_FREE)).offset() % 64);
			assertEquals(0, block(device.allocate(size, 0, BlockFlag.DVPP)).offset() % 128);
		}
	}

	@Test
	void sizeZeroIsInvalidAndANegativeOneIsTooLarge() throws IOException {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, heap.allocate(0, LONG_MILLIS, BlockFlag.MANUAL_FREE).status());
		assertEquals(HiaiStatus.GRAPH_MALLOC_LARGER, heap.allocate(-1, LONG_MILLIS, BlockFlag.MANUAL_FREE).status());
		assertEquals(List.of(MisuseReason.SIZE_ZERO, MisuseReason.SIZE_TOO_LARGE, MisuseReason.NONE),
				events(heap).stream().map(HeapEvent::reason).toList());
	}

	@Test
	void bytesReachTheRequestedSizeAndNoFurther() {
		SimulatedBuffer block = block(heap(Side.HOST, MEBIBYTE).allocate(100, 0, BlockFlag.MANUAL_FREE));
		assertEquals(100, block.bytes().remaining());
		assertEquals(100, block.bytes().capacity());
		block.bytes().put(99, (byte) 5);
		assertEquals(5, block.bytes().get(99));
	}

	@Test
	void blocksAnywhereInALargeHeapKeepTheirOwnBytes() {
		SimulatedHeap heap = heap(Side.HOST, 2L << 30);
		List<SimulatedBuffer> blocks = new ArrayList<>();
		for (int index = 0; index < 10; index++) {
			SimulatedBuffer block = block(heap.allocate(200 << 20, 0, BlockFlag.MANUAL_FREE));
			block.bytes().put(0, (byte) index).put(block.size() - 1, (byte) -index);
			blocks.add(block);
		}
		for (int index = 0; index < 10; index++) {
			assertEquals((byte) index, blocks.get(index).bytes().get(0));
			assertEquals((byte) -index, blocks.get(index).bytes().get((200 << 20) - 1));
		}
	}

	@Test
	void usingAFreedBlockThrowsAndIsRecorded() throws IOException {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		SimulatedBuffer block = block(heap.allocate(100, 0, BlockFlag.MANUAL_FREE));
		block.close();
		var thrown = assertThrows(IllegalStateException.class, block::bytes);
		assertTrue(thrown.getMessage().contains("it was freed"), thrown.getMessage());
		assertEquals(List.of(EventKind.ALLOCATE, EventKind.FREE, EventKind.MISUSE, EventKind.PROCESS_ENDED), kinds(heap));
	}

	@Test
	void aSecondFreeIsADoubleFree() throws IOException {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		SimulatedBuffer block = block(heap.allocate(100, 0, BlockFlag.MANUAL_FREE));
		assertEquals(HiaiStatus.OK, heap.free(block, false));
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, heap.free(block, false));
		assertEquals(MisuseReason.DOUBLE_FREE, events(heap).get(2).reason());
	}

	@Test
	void theWrongFamilysFreeLeavesTheBlock() throws IOException {
		SimulatedHeap heap = heap(Side.DEVICE, MEBIBYTE);
		SimulatedBuffer dvpp = block(heap.allocate(100, 0, BlockFlag.DVPP));
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, heap.free(dvpp, false));
		assertTrue(heap.checkedUse() > 0);
		assertEquals(HiaiStatus.OK, heap.free(dvpp, true));
		assertEquals(MisuseReason.WRONG_FAMILY, events(heap).get(1).reason());
	}

	@Test
	void noTimeOutMeansNoWaiting() throws IOException {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		block(heap.allocate(MEBIBYTE / 2, 0, BlockFlag.MANUAL_FREE));
		assertEquals(HiaiStatus.GRAPH_NO_MEMORY, heap.allocate(MEBIBYTE, 0, BlockFlag.MANUAL_FREE).status());
		HeapEvent timeout = events(heap).get(1);
		assertEquals(EventKind.TIMEOUT, timeout.kind());
		assertEquals(MEBIBYTE / 2, timeout.argument());
	}

	@Test
	void waitingInVainEndsInNoMemory() throws IOException {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		assertEquals(HiaiStatus.GRAPH_NO_MEMORY, heap.allocate(2 * MEBIBYTE, 5, BlockFlag.MANUAL_FREE).status());
		assertEquals(0, heap.waiting());
		assertEquals(List.of(EventKind.WAIT_BEGIN, EventKind.TIMEOUT, EventKind.PROCESS_ENDED), kinds(heap));
	}

	@Test
	void waitersAreServedInTheOrderTheyCame() throws Exception {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		SimulatedBuffer all = block(heap.allocate(MEBIBYTE, 0, BlockFlag.MANUAL_FREE));
		var first = CompletableFuture.supplyAsync(() -> block(heap.allocate(MEBIBYTE - 64, LONG_MILLIS, BlockFlag.MANUAL_FREE)), ONE_EACH);
		awaitWaiting(heap, 1);
		var second = CompletableFuture.supplyAsync(() -> block(heap.allocate(128, LONG_MILLIS, BlockFlag.MANUAL_FREE)), ONE_EACH);
		awaitWaiting(heap, 2);
		all.close();
		SimulatedBuffer large = first.get();
		assertFalse(second.isDone());
		assertEquals(1, heap.waiting());
		large.close();
		second.get().close();
		assertEquals(0, heap.checkedUse());
	}

	private static void awaitWaiting(SimulatedHeap heap, int count) {
		while (heap.waiting() < count) {
			Thread.onSpinWait();
		}
	}

	@Test
	void aFreeDuringATransferWaitsForItsEnd() {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		SimulatedBuffer block = block(heap.allocate(100, 0, BlockFlag.MANUAL_FREE));
		assertEquals(HiaiStatus.OK, heap.beginSend(block, 1));
		assertEquals(HiaiStatus.OK, heap.free(block, false));
		assertTrue(heap.checkedUse() > 0);
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, heap.free(block, false));
		heap.endSend(block, 1, HiaiStatus.OK);
		assertEquals(0, heap.checkedUse());
	}

	@Test
	void anAutomaticBlockOnItsWayIsTheFrameworks() throws IOException {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		SimulatedBuffer block = block(heap.allocate(100, 0, BlockFlag.AUTO_FREE));
		heap.beginSend(block, 1);
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, heap.free(block, false));
		heap.endSend(block, 1, HiaiStatus.OK);
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, heap.free(block, false));
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, heap.beginSend(block, 2));
		assertEquals((byte) 0xDB, block.rawBytes().get(99));
		assertEquals(0, heap.checkedUse());
		assertEquals(List.of(MisuseReason.AUTO_FREE_DELETER, MisuseReason.AUTO_FREE_DELETER, MisuseReason.SENT_TWICE),
				events(heap).stream().map(HeapEvent::reason).filter(reason -> reason != MisuseReason.NONE).toList());
	}

	@Test
	void closingABlockOnItsWayIsNoMisuse() throws IOException {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		for (HiaiStatus outcome : List.of(HiaiStatus.OK, HiaiStatus.GRAPH_SENDMSG_FAILED)) {
			SimulatedBuffer block = block(heap.allocate(100, 0, BlockFlag.AUTO_FREE));
			heap.beginSend(block, 1);
			block.close();
			heap.endSend(block, 1, outcome);
			block.close();
			assertEquals(0, heap.checkedUse());
		}
		List<EventKind> kinds = kinds(heap);
		assertFalse(kinds.contains(EventKind.MISUSE), kinds::toString);
		assertTrue(kinds.indexOf(EventKind.AUTO_FREE) < kinds.indexOf(EventKind.FREE), kinds::toString);
	}

	@Test
	void aFailedTransferLeavesAnAutomaticBlockWithItsOwner() {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		SimulatedBuffer block = block(heap.allocate(100, 0, BlockFlag.AUTO_FREE));
		heap.beginSend(block, 1);
		heap.endSend(block, 1, HiaiStatus.QUEUE_FULL);
		assertEquals(100, block.bytes().remaining());
		assertEquals(HiaiStatus.OK, heap.free(block, false));
	}

	@Test
	void manyThreadsLeaveAWholeHeap() throws Exception {
		SimulatedHeap heap = heap(Side.HOST, MEBIBYTE);
		long seed = System.nanoTime();
		System.out.println("SimulatedHeapTest seed " + seed);
		List<CompletableFuture<Void>> threads = new ArrayList<>();
		for (int index = 0; index < 4; index++) {
			var random = new Random(seed + index);
			threads.add(CompletableFuture.runAsync(() -> allocateAndFree(heap, random), ONE_EACH));
		}
		for (CompletableFuture<Void> thread : threads) {
			thread.get();
		}
		assertEquals(0, heap.checkedUse());
		assertEquals(0, heap.waiting());
	}

	private static void allocateAndFree(SimulatedHeap heap, Random random) {
		for (int step = 0; step < 1000; step++) {
			// At most one block a thread: whoever waits is served in the end.
			SimulatedBuffer block = block(heap.allocate(1 + random.nextInt(MEBIBYTE / 2), LONG_MILLIS, BlockFlag.MANUAL_FREE));
			block.bytes().put(0, (byte) step);
			assertEquals(HiaiStatus.OK, heap.free(block, false));
		}
	}
}
