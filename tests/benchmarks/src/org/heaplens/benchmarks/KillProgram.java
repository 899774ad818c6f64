// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Is killed. Threads on the host and on the device allocate and free as {@link Operations} says, and count in a mapped file what was
 * done: such a file is the kernel's, and survives the process.
 */
final class KillProgram {
	/** On each side. */
	static final int THREADS = 2;
	static final int COUNTERS_SIZE = 2 * THREADS * Long.BYTES;
	static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final ByteBuffer counters;
	private final long seed;
	private final long pauseNanos;
	private final AtomicInteger onDevice = new AtomicInteger();

	private KillProgram(Path file, long seed, long pauseNanos) throws IOException {
		try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			this.counters = channel.map(MapMode.READ_WRITE, 0, COUNTERS_SIZE);
		}
		this.seed = seed;
		this.pauseNanos = pauseNanos;
	}

	/** Arguments: the file with the counters, the seed, nanoseconds between operations. */
	public static void main(String[] arguments) throws IOException {
		new KillProgram(Path.of(arguments[0]), Long.parseLong(arguments[1]), Long.parseLong(arguments[2])).start();
	}

	private void start() {
		SerializeRegistry.registerDataType("begin", Integer.class, number -> new byte[]{number.byteValue()}, bytes -> (int) bytes[0]);
		var graph = Graph.create(GraphConfig.builder(1)
				.engine(new EngineConfig(1, "Worker", Side.DEVICE, THREADS, THREADS, Map.of(), () -> new Engine() {
					@Override
					public HiaiStatus process(int port, Object message) {
						work(THREADS + onDevice.getAndIncrement());
						return HiaiStatus.OK;
					}
				})).build());
		for (int thread = 0; thread < THREADS; thread++) {
			int number = thread;
			new Thread(() -> work(number), "worker-" + number).start();
			graph.sendData(new EnginePort(1, 1, 0), "begin", number);
		}
		System.out.println("working");
	}

	private void work(int thread) {
		var operations = new Operations(seed, thread);
		var blocks = new HiaiBuffer[Operations.LIVE];
		while (true) {
			operations.next();
			if (operations.free()) {
				require(HiaiMemory.dFree(blocks[operations.place()]) == HiaiStatus.OK);
				blocks[operations.place()] = blocks[operations.count()];
			} else {
				HiaiBuffer block = HiaiMemory.dMalloc(operations.requested(), 0, MemoryAttr.MANUAL_FREE);
				require(block != null);
				blocks[operations.place()] = block;
			}
			// The call has returned: its event is committed.
			LONG.setRelease(counters, thread * Long.BYTES, operations.number() + 1);
			if (pauseNanos > 0) {
				LockSupport.parkNanos(pauseNanos);
			}
		}
	}

	private static void require(boolean condition) {
		if (!condition) {
			System.err.println("the heap refused what it has room for");
			Runtime.getRuntime().halt(3);
		}
	}
}
