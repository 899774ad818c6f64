// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.nio.LongBuffer;
import java.util.concurrent.TimeUnit;

import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.internal.heap.Space;
import org.heaplens.runtime.replay.Policy;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.vma.Vma;
import org.lwjgl.util.vma.VmaVirtualAllocationCreateInfo;
import org.lwjgl.util.vma.VmaVirtualBlockCreateInfo;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A random block is freed and one of a random size allocated, in a heap of 8 GiB that is half full. One thread, as the peers have. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Dorg.lwjgl.util.NoChecks=true"})
public class PairBenchmark {
	private static final long CAPACITY = 8L << 30;
	private static final long SEED = 1;

	/** What every variant needs. */
	@State(Scope.Thread)
	public static class Load {
		@Param({"1000", "100000"})
		public int blocks;
		Requests requests = new Requests(SEED, 1);

		@Setup
		public void draw() {
			requests = Requests.halfFull(SEED, CAPACITY, blocks);
		}
	}

	/** The whole API: lock, block, bytes. */
	@State(Scope.Thread)
	public static class Api {
		HiaiBuffer[] live = new HiaiBuffer[0];

		@Setup
		public void fill(Load load) {
			// Read by the simulator when the first block is asked for.
			System.setProperty("heaplens.host.capacity", Long.toString(CAPACITY));
			live = new HiaiBuffer[load.blocks];
			for (int index = 0; index < live.length; index++) {
				live[index] = allocate(load.requests.size());
			}
		}

		static HiaiBuffer allocate(int size) {
			HiaiBuffer block = HiaiMemory.dMalloc(size, 0, MemoryAttr.MANUAL_FREE);
			if (block == null) {
				throw new IllegalStateException("no room for " + size + " bytes in a heap that is half full");
			}
			return block;
		}
	}

	/** The same with a recording. */
	@State(Scope.Thread)
	public static class Recorded {
		final Api api = new Api();

		@Setup
		public void fill(Load load) {
			System.setProperty("heaplens.trace", Scratch.folder().toString());
			api.fill(load);
		}
	}

	/** Only the arithmetic: which offsets. */
	@State(Scope.Thread)
	public static class Offsets {
		Space space = Policy.TLSF.space(CAPACITY);
		int[] live = new int[0];

		@Setup
		public void fill(Load load) {
			space = Policy.TLSF.space(CAPACITY);
			live = new int[load.blocks];
			for (int index = 0; index < live.length; index++) {
				live[index] = space.allocate(load.requests.size());
			}
		}
	}

	/** AMD's VulkanMemoryAllocator, reached through JNI. */
	@State(Scope.Thread)
	public static class Peer {
		final VmaVirtualAllocationCreateInfo request = VmaVirtualAllocationCreateInfo.calloc();
		final PointerBuffer handle = MemoryUtil.memAllocPointer(1);
		final LongBuffer offset = MemoryUtil.memAllocLong(1);
		long block;
		long[] live = new long[0];

		@Setup
		public void fill(Load load) {
			try (var whole = VmaVirtualBlockCreateInfo.calloc()) {
				check(Vma.vmaCreateVirtualBlock(whole.size(CAPACITY), handle));
			}
			block = handle.get(0);
			request.alignment(Space.QUANTUM);
			live = new long[load.blocks];
			for (int index = 0; index < live.length; index++) {
				live[index] = allocate(load.requests.size());
			}
		}

		long allocate(int size) {
			check(Vma.vmaVirtualAllocate(block, request.size(size), handle, offset));
			return handle.get(0);
		}

		private static void check(int result) {
			if (result != 0) {
				throw new IllegalStateException("VMA answers " + result);
			}
		}

		@TearDown
		public void release() {
			Vma.vmaClearVirtualBlock(block);
			Vma.vmaDestroyVirtualBlock(block);
			request.free();
			MemoryUtil.memFree(handle);
			MemoryUtil.memFree(offset);
		}
	}

	@Benchmark
	public HiaiBuffer api(Load load, Api api) {
		return pair(load, api);
	}

	@Benchmark
	public HiaiBuffer recorded(Load load, Recorded recorded) {
		return pair(load, recorded.api);
	}

	private static HiaiBuffer pair(Load load, Api api) {
		int victim = load.requests.below(load.blocks);
		HiaiMemory.dFree(api.live[victim]);
		HiaiBuffer block = Api.allocate(load.requests.size());
		api.live[victim] = block;
		return block;
	}

	@Benchmark
	public int space(Load load, Offsets state) {
		int victim = load.requests.below(load.blocks);
		state.space.free(state.live[victim]);
		int handle = state.space.allocate(load.requests.size());
		state.live[victim] = handle;
		return handle;
	}

	@Benchmark
	public long peer(Load load, Peer peer) {
		int victim = load.requests.below(load.blocks);
		Vma.vmaVirtualFree(peer.block, peer.live[victim]);
		long handle = peer.allocate(load.requests.size());
		peer.live[victim] = handle;
		return handle;
	}
}
