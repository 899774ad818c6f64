// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A heap at one moment. Immutable, so any number of threads may share it.
 *
 * <p>
 * All sizes are in bytes. "Live" counts whole extents, with what the heap adds to a request.
 */
public final class HeapSnapshot {
	private static final long FNV_BASIS = 0xCBF29CE484222325L;
	private static final long FNV_PRIME = 0x100000001B3L;

	private final HeapInfo heap;
	private final Block[] blocks;
	private final HeapTotals totals;
	private final long largestFree;

	/** @param blocks in the order of their addresses; not copied, so the caller gives it away */
	HeapSnapshot(HeapInfo heap, Block[] blocks, HeapTotals totals) {
		this.heap = heap;
		this.blocks = blocks;
		this.totals = totals;
		this.largestFree = largestFree(heap.capacity(), blocks);
	}

	/** A heap with these blocks, in any order; they must not overlap. */
	public static HeapSnapshot of(HeapInfo heap, Collection<Block> blocks, HeapTotals totals) {
		Block[] sorted = blocks.toArray(new Block[0]);
		Arrays.sort(sorted, Comparator.comparingLong(block -> block.extent().offset()));
		return new HeapSnapshot(heap, sorted, totals);
	}

	/** A heap in which nothing has happened. */
	public static HeapSnapshot empty(HeapInfo heap) {
		return new HeapSnapshot(heap, new Block[0], HeapTotals.NONE);
	}

	public HeapInfo heap() {
		return heap;
	}

	public int blockCount() {
		return blocks.length;
	}

	/** @param index 0 to {@link #blockCount()} - 1, in the order of addresses */
	public Block block(int index) {
		return blocks[index];
	}

	/** In the order of addresses. */
	public List<Block> blocks() {
		return List.of(blocks);
	}

	/** The block over that byte, if there is one. */
	public Optional<Block> blockAt(long offset) {
		int low = 0;
		int high = blocks.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			Extent extent = blocks[middle].extent();
			if (extent.contains(offset)) {
				return Optional.of(blocks[middle]);
			}
			if (extent.offset() > offset) {
				high = middle - 1;
			} else {
				low = middle + 1;
			}
		}
		return Optional.empty();
	}

	/** What has been counted since the trace began. */
	public HeapTotals totals() {
		return totals;
	}

	public long liveBytes() {
		return totals.liveBytes();
	}

	public long freeBytes() {
		return heap.capacity() - totals.liveBytes();
	}

	/** The size of the largest hole. */
	public long largestFree() {
		return largestFree;
	}

	public long peakBytes() {
		return totals.peakBytes();
	}

	/** Blocks made so far, received ones included. */
	public long allocations() {
		return totals.allocations();
	}

	/** Blocks freed so far, by hand or by the framework. */
	public long frees() {
		return totals.frees();
	}

	public long misuses() {
		return totals.misuses();
	}

	/** Sequence number of the last event in it; 0 before the first. */
	public long sequence() {
		return totals.sequence();
	}

	/**
	 * What blocks there are, in one number: two heaps with the same blocks at the same places have the same one, whoever simulated or
	 * replayed them. FNV-1a over offset and size of each extent, in the order of addresses, as little-endian numbers of 64 bits.
	 */
	public long digest() {
		long hash = FNV_BASIS;
		for (Block block : blocks) {
			hash = digest(digest(hash, block.extent().offset()), block.extent().size());
		}
		return hash;
	}

	private static long digest(long hash, long number) {
		long result = hash;
		for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
			result = (result ^ number >>> shift & 0xFF) * FNV_PRIME;
		}
		return result;
	}

	private static long largestFree(long capacity, Block[] blocks) {
		long largest = 0;
		long end = 0;
		for (Block block : blocks) {
			largest = Math.max(largest, block.extent().offset() - end);
			end = Math.max(end, block.extent().end());
		}
		return Math.max(largest, capacity - end);
	}
}
