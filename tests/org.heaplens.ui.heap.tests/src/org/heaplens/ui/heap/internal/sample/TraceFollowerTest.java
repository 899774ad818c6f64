// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.heaplens.model.BlockState;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.Lane;
import org.heaplens.model.trace.TraceWriter;
import org.heaplens.ui.heap.RecordingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NonNullByDefault({})
class TraceFollowerTest {
	@TempDir
	Path folder;

	@Test
	void heapsGrowWhileTheProcessRuns() throws IOException {
		try (var writer = TraceWriter.create(folder, "test"); var follower = new TraceFollower(writer.file())) {
			Lane lane = lane(writer);
			allocate(lane, 0, 0);
			assertEquals(1, follower.read(100));
			allocate(lane, 4096, 0);
			assertEquals(1, follower.read(100));
			assertEquals(2, heap(follower).blockCount());
			assertEquals(RecordingState.LIVE, follower.sample().state());
			assertEquals(0, follower.sample().dropped());
		}
	}

	@Test
	void whatIsThereAtTheEndHasLeaked() throws IOException {
		try (var writer = TraceWriter.create(folder, "test"); var follower = new TraceFollower(writer.file())) {
			Lane lane = lane(writer);
			allocate(lane, 0, 0);
			lane.end();
			writer.close();
			follower.read(100);
			assertEquals(RecordingState.ENDED, follower.sample().state());
			assertEquals(BlockState.LEAKED, heap(follower).block(0).state());
		}
	}

	@Test
	void aFlightRecordingShowsTheWholeHeapThoughItsPastIsOverwritten() throws IOException {
		try (var writer = TraceWriter.createFlight(folder, "test", 1); var follower = new TraceFollower(writer.file())) {
			Lane lane = lane(writer);
			allocate(lane, 0, 0);
			assertEquals(1, follower.read(100));
			for (int round = 0; round < 20_000; round++) {
				allocate(lane, 4096, 0);
				lane.append(EventKind.FREE, 4096, 4096, 4000, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, 0, 0, 0);
			}
			while (follower.read(1000) > 0) {
				continue;
			}
			assertEquals(1, heap(follower).blockCount());
			assertEquals(20_001, heap(follower).allocations());
			assertEquals(20_000, heap(follower).frees());
			assertEquals(0, follower.sample().dropped());
			assertTrue(follower.sample().overwritten() > 0);
			allocate(lane, 8192, 0);
			follower.read(100);
			assertEquals(2, heap(follower).blockCount());
		}
		try (var late = new TraceFollower(newest())) {
			while (late.read(1000) > 0) {
				continue;
			}
			assertEquals(2, heap(late).blockCount());
			assertEquals(BlockState.LEAKED, heap(late).block(0).state());
		}
	}

	private Path newest() throws IOException {
		try (var files = Files.list(folder)) {
			return files.findFirst().orElseThrow();
		}
	}

	@Test
	void originLeavesOutTheApi() throws IOException {
		try (var writer = TraceWriter.create(folder, "test"); var follower = new TraceFollower(writer.file())) {
			var own = new StackFrame("demo.Frames", "keep", "Frames.java", 42);
			int stack = writer.stack(List.of(new StackFrame("org.heaplens.runtime.HiaiMemory", "dMalloc", "HiaiMemory.java", 1), own));
			allocate(lane(writer), 0, stack);
			follower.read(100);
			assertEquals(List.of(own), follower.origin(heap(follower).block(0)).frames());
		}
	}

	private static Lane lane(TraceWriter writer) {
		return writer.lane(new HeapInfo(0, Side.HOST, 0, 1 << 20, 0));
	}

	private static void allocate(Lane lane, long offset, int stack) {
		lane.append(EventKind.ALLOCATE, offset, 4096, 4000, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, 0, stack, 0);
	}

	private static HeapSnapshot heap(TraceFollower follower) {
		return follower.sample().heaps().get(0);
	}
}
