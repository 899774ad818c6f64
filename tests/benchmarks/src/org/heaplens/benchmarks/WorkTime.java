// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

import com.sun.management.OperatingSystemMXBean;

/**
 * Processor time for each operation: of the threads that run the benchmark, and of the whole process with its collector, its compiler
 * and the threads of ours that work in the background. On a machine that is shared with others, wall time is theirs as much as ours.
 */
public final class WorkTime implements InternalProfiler {
	static final String WORKER = "worker";
	static final String PROCESS = "process";

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
	private long workerBefore;
	private long processBefore;

	@Override
	public String getDescription() {
		return "processor time for each operation";
	}

	@Override
	public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
		workerBefore = workerNanos();
		processBefore = system.getProcessCpuTime();
	}

	@Override
	public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
		double operations = result.getMetadata().getAllOps();
		return List.of(scalar(WORKER, (workerNanos() - workerBefore) / operations),
				scalar(PROCESS, (system.getProcessCpuTime() - processBefore) / operations));
	}

	private static ScalarResult scalar(String name, double nanos) {
		return new ScalarResult(name, nanos, "ns/op", AggregationPolicy.AVG);
	}

	private long workerNanos() {
		long nanos = 0;
		for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
			if (thread != null && thread.getThreadName().contains("-jmh-worker-")) {
				nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
			}
		}
		return nanos;
	}
}
