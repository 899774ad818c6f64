// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.hiai.RawCalls;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A block is made and freed again, by the native library: what Java adds to the two calls. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Thread)
public class NativeBenchmark {
	private static final int SIZE = 1000;
	private static final int LOOP = 10_000;

	/** Loads the driver and, on the same library, the loop. */
	@Setup
	public void load() {
		Path build = NativeSuite.build();
		Path library = existing(build.resolve("hiaiengine/libheaplens_hiai.so"));
		System.setProperty("heaplens.driver", "native");
		System.setProperty("heaplens.library", library.toString());
		System.setProperty("heaplens.jni", existing(build.resolve("jni/libheaplens_jni.so")).toString());
		System.load(existing(build.resolve("jni/tests/libloop.so")).toString());
		if (!NativeLoop.open(library.toString()) || javaApi() != HiaiStatus.OK) {
			throw new IllegalStateException(library + " does not work");
		}
	}

	private static Path existing(Path file) {
		if (!Files.exists(file)) {
			throw new IllegalStateException(file + " is not built; ./heaplens bench native builds it");
		}
		return file.toAbsolutePath();
	}

	@Benchmark
	@OperationsPerInvocation(LOOP)
	public long inC() {
		return NativeLoop.pairs(LOOP, SIZE);
	}

	@Benchmark
	public int fromJava() {
		return RawCalls.pair(SIZE);
	}

	/** With the block as an object that knows whether it was freed. */
	@Benchmark
	public HiaiStatus javaApi() {
		HiaiBuffer block = HiaiMemory.dMalloc(SIZE, 0, MemoryAttr.MANUAL_FREE);
		return HiaiMemory.dFree(block);
	}
}
