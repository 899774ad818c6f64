// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * A block that has not been freed.
 *
 * @param heap      the number of its heap
 * @param extent    where it is, with what the heap adds
 * @param requested bytes that the caller asked for
 * @param flag      how it was obtained
 * @param state     what is going on with it
 * @param sequence  of the event that made it
 * @param timeNanos when it was made, nanoseconds since the trace began
 * @param thread    that made it, number in the trace's dictionary; 0 for none
 * @param stack     that made it, number in the trace's dictionary; 0 for none
 * @param engine    that made it, number in the trace's dictionary; 0 for none
 */
public record Block(int heap, Extent extent, int requested, BlockFlag flag, BlockState state, long sequence, long timeNanos, int thread,
		int stack, int engine) {}
