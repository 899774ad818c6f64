// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.concurrent.TimeUnit;

import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.MemoryAttr;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Pairs from stacks that were never seen: a tree of calls with four call sites at each of its levels. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 8)
public class SiteBenchmark {
	static final int PAIRS = 10_000;
	private static final int LEVELS = 9;
	private static final int STACKS = 1 << 2 * LEVELS;

	/** Goes through all stacks without repeating one. */
	@State(Scope.Thread)
	public static class Sites {
		private int next;
		HiaiBuffer block;

		int take() {
			next += 0x9E37_79B5;
			return next & STACKS - 1;
		}
	}

	/** A process that records. */
	@State(Scope.Thread)
	public static class Recording {
		@Setup
		public void begin() {
			System.setProperty("heaplens.trace", Scratch.folder().toString());
		}
	}

	/** The allocation comes from a new stack, the free too. */
	@Benchmark
	@OperationsPerInvocation(PAIRS)
	public void first(Recording recording, Sites sites) {
		for (int pair = 0; pair < PAIRS; pair++) {
			call(sites, sites.take(), LEVELS);
		}
	}

	/** The same calls, from one stack. */
	@Benchmark
	@OperationsPerInvocation(PAIRS)
	public void cached(Recording recording, Sites sites) {
		for (int pair = 0; pair < PAIRS; pair++) {
			call(sites, 0, LEVELS);
		}
	}

	/** The same calls, not recorded. */
	@Benchmark
	@OperationsPerInvocation(PAIRS)
	public void unrecorded(Sites sites) {
		for (int pair = 0; pair < PAIRS; pair++) {
			call(sites, 0, LEVELS);
		}
	}

	// Each case is a line of its own: another frame.
	private static void call(Sites sites, int path, int level) {
		if (level == 0) {
			sites.block = HiaiMemory.dMalloc(4096, 0, MemoryAttr.MANUAL_FREE);
			HiaiMemory.dFree(sites.block);
			return;
		}
		switch (path & 3) {
			case 0 -> call(sites, path >>> 2, level - 1);
			case 1 -> call(sites, path >>> 2, level - 1);
			case 2 -> call(sites, path >>> 2, level - 1);
			default -> call(sites, path >>> 2, level - 1);
		}
	}
}
