// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.analysis;

/** What one place in a program did to one heap. */
public final class SiteStatistics {
	private final int heap;
	private final int stack;
	long allocations;
	long bytes;
	long liveBytes;
	long liveBlocks;
	long peakBytes;
	long waits;
	long timeouts;
	long misuses;
	/** Sparse, since there may be thousands of sites; two figures are what is shown. */
	final Quantiles lifetimes = new Quantiles();

	SiteStatistics(int heap, int stack) {
		this.heap = heap;
		this.stack = stack;
	}

	void made(int size) {
		allocations++;
		bytes += size;
		liveBlocks++;
		liveBytes += size;
		peakBytes = Math.max(peakBytes, liveBytes);
	}

	void gone(int size, long lifetimeNanos) {
		liveBlocks--;
		liveBytes -= size;
		lifetimes.add(lifetimeNanos);
	}

	/** The number of the heap. */
	public int heap() {
		return heap;
	}

	/** The number of the stack; 0 for none. */
	public int stack() {
		return stack;
	}

	/** Blocks made. */
	public long allocations() {
		return allocations;
	}

	/** Of all blocks made. */
	public long bytes() {
		return bytes;
	}

	public long liveBytes() {
		return liveBytes;
	}

	public long liveBlocks() {
		return liveBlocks;
	}

	public long peakBytes() {
		return peakBytes;
	}

	public long waits() {
		return waits;
	}

	public long timeouts() {
		return timeouts;
	}

	public long misuses() {
		return misuses;
	}

	/** Of freed blocks, in nanoseconds; 0 if none was freed. */
	public long lifetimeNanos(double percentile) {
		return lifetimes.count() == 0 ? 0 : lifetimes.percentile(percentile);
	}
}
