// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where everything stands in a trace file. All numbers are little endian; everything that is written while others read is aligned to
 * its own size.
 *
 * <pre>
 * file    +--------+---------+---------+---------+--
 *         | header | chunk 0 | chunk 1 | chunk 2 | ...      chunks are CHUNK_SIZE bytes, written with zeros before they are used
 *         +--------+---------+---------+---------+--
 *
 * header, HEADER_SIZE bytes
 *    0 u64 magic "HEAPTRC" 0x1A          48 u32 number of heaps         written last when a heap is added
 *    8 u32 version                       52 u32 length of the command   bytes
 *   12 u32 0x01020304                    56 u64 dropped events
 *   16 u32 size of this header           64 u32 1: ended in good order
 *   20 u32 size of a chunk              128 .. command                  UTF-8, at most COMMAND_LIMIT bytes
 *   24 u64 process number              4096 .. heaps                    HEAP_SIZE bytes each
 *   32 u64 start of the process               0 u32 number   4 u32 side (1 host, 2 device)
 *          milliseconds since 1970            8 u32 device  16 u64 capacity in bytes  24 u64 address of offset 0
 *   40 u64 begin of the trace
 *          nanoseconds since 1970
 *
 * chunk   +--------------+--------+--------+--
 *         | chunk header | record | record | ...            a lane (a heap's events, or the dictionary) goes on in its next chunk
 *         +--------------+--------+--------+--
 *
 * chunk header, 64 bytes
 *    0 u32 kind (1 events, 2 dictionary)  16 u64 sequence number of its first event
 *    4 u32 heap (events only)             24 u32 codec (0 none)
 *    8 u64 ordinal in its lane            28 u32 stored bytes, with this header
 *                                         56 u64 1                      commit word, written last
 *
 * event, 64 bytes
 *    0 u64 time      nanoseconds since the begin of the trace
 *    8 u64 offset    bytes from the start of the heap
 *   16 u64 argument  by kind
 *   24 u32 size      28 u32 requested     bytes
 *   32 u32 thread    36 u32 stack         40 u32 engine     numbers in the dictionary
 *   44 u32 status    of the API
 *   48 u16 kind      50 u16 heap          52 u16 flag       54 u16 reason
 *   56 u64 sequence  1, 2, 3... in its heap; commit word, written last; 0: not written
 *
 * dictionary entry, a multiple of 8 bytes
 *    0 u32 length of the entry in bytes   commit word, written last; 0: no more entries in this chunk, or not written yet
 *    4 u32 type     8 u32 number     12 .. by type
 *       1 string    u32 bytes, UTF-8
 *       2 thread    u32 string of its name
 *       3 frame     u32 string of the class, u32 string of the method, u32 string of the file, i32 line
 *       4 stack     u32 frames, u32 frame...                 innermost first
 *       5 engine    u32 graph, u32 engine, u32 side, u32 string of the name
 * </pre>
 */
public final class TraceLayout {
	/** The version that this code writes, and the newest that it reads. */
	public static final int VERSION = 1;
	/** How trace files are named. */
	public static final String EXTENSION = ".heaptrace";

	static final long MAGIC = 0x1A435254_50414548L;
	static final int BYTE_ORDER_MARK = 0x01020304;
	static final int HEADER_SIZE = 16 * 1024;
	static final int CHUNK_SIZE = 1024 * 1024;

	static final int AT_MAGIC = 0;
	static final int AT_VERSION = 8;
	static final int AT_BYTE_ORDER = 12;
	static final int AT_HEADER_SIZE = 16;
	static final int AT_CHUNK_SIZE = 20;
	static final int AT_PID = 24;
	static final int AT_PROCESS_START = 32;
	static final int AT_BEGUN = 40;
	static final int AT_HEAP_COUNT = 48;
	static final int AT_COMMAND_LENGTH = 52;
	static final int AT_DROPPED = 56;
	static final int AT_CLOSED = 64;
	static final int AT_COMMAND = 128;
	static final int COMMAND_LIMIT = 3968;
	static final int AT_HEAPS = 4096;
	static final int HEAP_SIZE = 64;
	static final int HEAP_LIMIT = (HEADER_SIZE - AT_HEAPS) / HEAP_SIZE;

	static final int RECORD_SIZE = 64;
	static final int KIND_EVENTS = 1;
	static final int KIND_DICTIONARY = 2;
	static final int AT_CHUNK_KIND = 0;
	static final int AT_CHUNK_HEAP = 4;
	static final int AT_CHUNK_ORDINAL = 8;
	static final int AT_CHUNK_FIRST = 16;
	static final int AT_CHUNK_STORED = 28;
	static final int AT_CHUNK_COMMIT = 56;

	static final int AT_TIME = 0;
	static final int AT_OFFSET = 8;
	static final int AT_ARGUMENT = 16;
	static final int AT_SIZE = 24;
	static final int AT_REQUESTED = 28;
	static final int AT_THREAD = 32;
	static final int AT_STACK = 36;
	static final int AT_ENGINE = 40;
	static final int AT_STATUS = 44;
	static final int AT_KIND = 48;
	static final int AT_HEAP = 50;
	static final int AT_FLAG = 52;
	static final int AT_REASON = 54;
	static final int AT_SEQUENCE = 56;

	static final int ENTRY_HEADER = 12;
	static final int ENTRY_STRING = 1;
	static final int ENTRY_THREAD = 2;
	static final int ENTRY_FRAME = 3;
	static final int ENTRY_STACK = 4;
	static final int ENTRY_ENGINE = 5;

	/** For commit words and counters that another process reads at the same time. */
	static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, LITTLE_ENDIAN);
	/** For commit words that another process reads at the same time. */
	static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, LITTLE_ENDIAN);

	private TraceLayout() {}
}
