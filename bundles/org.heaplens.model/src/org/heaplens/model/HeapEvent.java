// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * One thing that happened to a heap, as it stands in a trace.
 *
 * @param sequence  1, 2, 3... within its heap, without gaps
 * @param timeNanos nanoseconds since the trace began
 * @param kind      what happened
 * @param heap      the number of the heap
 * @param offset    of the block, bytes from the start of the heap; 0 where no block is meant
 * @param size      of the block's extent in bytes, with what the heap adds; 0 where no block is meant
 * @param requested bytes that the caller asked for; 0 where no block is meant
 * @param argument  by kind, see {@link EventKind}
 * @param flag      code of the {@link BlockFlag}; 0 for none
 * @param status    the API's answer; 0 where there is none
 * @param reason    of a misuse
 * @param thread    number in the trace's dictionary; 0 for none
 * @param stack     number in the trace's dictionary; 0 for none
 * @param engine    number in the trace's dictionary; 0 for none
 */
public record HeapEvent(long sequence, long timeNanos, EventKind kind, int heap, long offset, int size, int requested, long argument,
		int flag, int status, MisuseReason reason, int thread, int stack, int engine) {}
