// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.Lane;
import org.heaplens.model.trace.TraceWriter;
import org.heaplens.runtime.internal.heap.Space;
import org.heaplens.runtime.replay.Policy;

/**
 * Events as a program with a pipeline makes them: frames of a few formats are allocated on the host by some threads from some dozens of
 * places, sent to the device, received and freed there; beside them work buffers of any size that live for a while. One thread.
 */
final class Mix {
	private static final long CAPACITY = 4L << 30;
	private static final int[] FRAMES = {640 * 480 * 3 / 2, 1280 * 720 * 3 / 2, 1920 * 1080 * 3 / 2, 3840 * 2160 * 3 / 2};
	private static final int STACKS = 64;
	private static final int THREADS = 6;
	/** Of either kind, on either side; long enough for a heap to look used. */
	private static final int BUFFERS = 400;
	private static final int UNDER_WAY = 24;
	private static final int AUTO_FREE = BlockFlag.AUTO_FREE.code();
	private static final int MANUAL_FREE = BlockFlag.MANUAL_FREE.code();
	private static final int RECEIVED = BlockFlag.RECEIVED.code();

	private final SplittableRandom random;
	private final OneSide host;
	private final OneSide device;
	private final int[] stacks = new int[STACKS];
	private final int[] threads = new int[THREADS];
	private final List<Block> arrived = new ArrayList<>();
	private long transfers;

	/** What a thread holds. */
	private record Block(int handle, long offset, int size, int requested, int thread, int stack) {}

	/** A heap with its lane. */
	private static final class OneSide {
		final Lane lane;
		final Space space = Policy.TLSF.space(CAPACITY);
		final List<Block> buffers = new ArrayList<>();
		final int overhead;

		OneSide(Lane lane, int overhead) {
			this.lane = lane;
			this.overhead = overhead;
		}
	}

	Mix(TraceWriter writer, long seed) {
		this.random = new SplittableRandom(seed);
		host = new OneSide(writer.lane(new HeapInfo(0, Side.HOST, 0, CAPACITY, 0x10_0000_0000L)), 0);
		device = new OneSide(writer.lane(new HeapInfo(1, Side.DEVICE, 0, CAPACITY, 0x80_0000_0000L)), 96);
		for (int number = 0; number < THREADS; number++) {
			threads[number] = writer.thread("worker-" + number);
		}
		for (int number = 0; number < STACKS; number++) {
			stacks[number] = writer.stack(stack(number, new Random(seed + number)));
		}
	}

	long events() {
		return host.lane.sequence() + device.lane.sequence();
	}

	/** One step: a buffer is replaced on either side, or a frame goes its way. */
	void step() {
		int what = random.nextInt(8);
		if (what < 2) {
			replaceBuffer(host);
		} else if (what < 4) {
			replaceBuffer(device);
		} else {
			sendFrame();
		}
	}

	private void replaceBuffer(OneSide side) {
		if (side.buffers.size() >= BUFFERS) {
			int victim = random.nextInt(side.buffers.size());
			Block block = side.buffers.get(victim);
			side.buffers.set(victim, side.buffers.get(side.buffers.size() - 1));
			side.buffers.remove(side.buffers.size() - 1);
			free(side, EventKind.FREE, block, 0, MANUAL_FREE);
		}
		int requested = 256 << random.nextInt(13) | random.nextInt(256);
		side.buffers.add(allocate(side, EventKind.ALLOCATE, requested, 0, MANUAL_FREE, place()));
	}

	private void sendFrame() {
		int requested = FRAMES[Math.min(random.nextInt(FRAMES.length), random.nextInt(FRAMES.length))];
		long transfer = ++transfers;
		Block sent = allocate(host, EventKind.ALLOCATE, requested, 0, AUTO_FREE, place());
		event(host, EventKind.SEND_BEGIN, sent, transfer, AUTO_FREE);
		arrived.add(allocate(device, EventKind.RECEIVE, requested, transfer, RECEIVED, place()));
		event(host, EventKind.SEND_END, sent, transfer, AUTO_FREE);
		free(host, EventKind.AUTO_FREE, sent, transfer, AUTO_FREE);
		if (arrived.size() > UNDER_WAY) {
			free(device, EventKind.FREE, arrived.remove(random.nextInt(4)), 0, RECEIVED);
		}
	}

	/** Some places are hot, most are not. */
	private int place() {
		return Math.min(random.nextInt(STACKS), random.nextInt(STACKS));
	}

	private Block allocate(OneSide side, EventKind kind, int requested, long argument, int flag, int place) {
		int size = (requested + side.overhead + 127) / 128 * 128;
		int handle = side.space.allocate(size);
		if (handle < 0) {
			throw new IllegalStateException("no room for " + size + " bytes; " + side.space.used() + " are in use");
		}
		var block = new Block(handle, side.space.offset(handle), size, requested, thread(place), stacks[place]);
		event(side, kind, block, argument, flag);
		return block;
	}

	/** A stage of a pipeline has a thread or two. */
	private int thread(int place) {
		return threads[(place + random.nextInt(2)) % THREADS];
	}

	private void free(OneSide side, EventKind kind, Block block, long argument, int flag) {
		side.space.free(block.handle());
		event(side, kind, block, argument, flag);
	}

	private static void event(OneSide side, EventKind kind, Block block, long argument, int flag) {
		side.lane.append(kind, block.offset(), block.size(), block.requested(), argument, flag, 0, MisuseReason.NONE, block.thread(),
				block.stack(), 0);
	}

	private static List<StackFrame> stack(int number, Random random) {
		var frames = new ArrayList<StackFrame>();
		for (int frame = 0; frame < 6 + random.nextInt(8); frame++) {
			int type = random.nextInt(12);
			frames.add(new StackFrame("com.example.pipeline.Stage" + type, "work" + random.nextInt(5), "Stage" + type + ".java",
					10 + number + random.nextInt(300)));
		}
		return frames;
	}
}
