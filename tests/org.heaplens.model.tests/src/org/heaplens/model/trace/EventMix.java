// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import org.heaplens.model.EventKind;
import org.heaplens.model.MisuseReason;

/**
 * What programs do to a heap, made up: threads that allocate, send and free blocks from a number of places in the program, each of which
 * asks for few sizes. Best fit finds the room, so that holes form and close as they do in truth. The same seed gives the same events.
 */
final class EventMix {
	static final long CAPACITY = 64L << 30;
	private static final int OVERHEAD = 96;
	private static final int ALIGNMENT = 128;

	/** Takes an event; as {@link Lane#append} does, but with its time. */
	interface Sink {
		void accept(long nanos, EventKind kind, long offset, int size, int requested, long argument, int flag, MisuseReason reason,
				int thread, int stack, int engine);
	}

	private record Live(long offset, int size, int requested, int flag, int site) {}

	private final Random random;
	private final int sites;
	private final int threads;
	private final int liveTarget;
	private final double meanNanos;
	private final TreeMap<Long, Long> holes = new TreeMap<>();
	private final TreeSet<long[]> bySize = new TreeSet<>((one, other) -> one[0] != other[0]
			? Long.compare(one[0], other[0])
			: Long.compare(one[1], other[1]));
	private final List<Live> live = new ArrayList<>();
	private final int[][] sizes;
	private long nanos;
	private long transfers;

	EventMix(long seed, int sites, int threads, int liveTarget, double meanNanos) {
		this.random = new Random(seed);
		this.sites = sites;
		this.threads = threads;
		this.liveTarget = liveTarget;
		this.meanNanos = meanNanos;
		this.sizes = new int[sites][];
		for (int site = 0; site < sites; site++) {
			sizes[site] = new int[1 + random.nextInt(3)];
			for (int index = 0; index < sizes[site].length; index++) {
				sizes[site][index] = (256 << 10) + random.nextInt(16 << 20 >> random.nextInt(6));
			}
		}
		free(0, CAPACITY);
	}

	/** At least {@code count} events. */
	void run(long count, Sink sink) {
		long done = 0;
		while (done < count) {
			done += step(sink);
		}
	}

	private int step(Sink sink) {
		double fullness = (double) live.size() / liveTarget;
		int thread = 1 + random.nextInt(threads);
		if (random.nextInt(500) == 0) {
			next();
			sink.accept(nanos, EventKind.MISUSE, 0, 0, random.nextInt(1000), 0, 4, MisuseReason.SIZE_TOO_LARGE, thread, 200, 0);
			return 1;
		}
		if (random.nextDouble() * 2 > fullness) {
			return allocate(thread, sink);
		}
		int chosen = random.nextInt(3) == 0 ? random.nextInt(live.size()) : random.nextInt(1 + live.size() / 10);
		Live block = live.remove(chosen);
		free(block.offset, block.size);
		int engine = block.site % 4;
		if (block.flag == 2) {
			long transfer = ++transfers;
			emit(sink, EventKind.SEND_BEGIN, block, transfer, thread, 100 + block.site, engine);
			emit(sink, EventKind.SEND_END, block, transfer, 10 + engine, 0, 0);
			emit(sink, EventKind.AUTO_FREE, block, transfer, 10 + engine, 0, 0);
			return 3;
		}
		emit(sink, EventKind.FREE, block, 0, thread, 300 + block.site, engine);
		return 1;
	}

	private int allocate(int thread, Sink sink) {
		int site = (int) Math.min(sites - 1, Math.abs(random.nextGaussian()) * sites / 3);
		int requested = site % 10 == 9 ? (256 << 10) + random.nextInt(1 << 20) : sizes[site][random.nextInt(sizes[site].length)];
		int size = (requested + OVERHEAD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
		long[] hole = bySize.ceiling(new long[]{size, 0});
		if (hole == null) {
			next();
			sink.accept(nanos, EventKind.TIMEOUT, 0, size, requested, 12345, 4, MisuseReason.NONE, thread, site + 1, 0);
			return 1;
		}
		take(hole[1], hole[0], size);
		var block = new Live(hole[1], size, requested, site % 3 == 0 ? 2 : 4, site);
		live.add(block);
		emit(sink, EventKind.ALLOCATE, block, 0, thread, site + 1, site % 4);
		return 1;
	}

	private void emit(Sink sink, EventKind kind, Live block, long argument, int thread, int stack, int engine) {
		next();
		sink.accept(nanos, kind, block.offset, block.size, block.requested, argument, block.flag, MisuseReason.NONE, thread, stack, engine);
	}

	private void next() {
		nanos += (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
	}

	private void take(long offset, long length, long size) {
		holes.remove(offset);
		bySize.remove(new long[]{length, offset});
		if (length > size) {
			add(offset + size, length - size);
		}
	}

	private void free(long offset, long size) {
		long from = offset;
		long to = offset + size;
		var below = holes.floorEntry(offset);
		if (below != null && below.getKey() + below.getValue() == offset) {
			from = below.getKey();
			bySize.remove(new long[]{below.getValue(), from});
			holes.remove(from);
		}
		Long above = holes.remove(to);
		if (above != null) {
			bySize.remove(new long[]{above, to});
			to += above;
		}
		add(from, to - from);
	}

	private void add(long offset, long length) {
		holes.put(offset, length);
		bySize.add(new long[]{length, offset});
	}
}
