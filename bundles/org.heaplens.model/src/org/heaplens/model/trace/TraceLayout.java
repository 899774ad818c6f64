// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where everything stands in a trace file. All numbers are little endian; everything that is written while others read is aligned to
 * its own size. {@code docs/trace-format.md} says the same in words, with the columns of compressed pieces.
 *
 * <pre>
 * file    +--------+---------+---------+---------+--
 *         | header | piece   | piece   | piece   | ...      each begins where the one before has its stored bytes behind it
 *         +--------+---------+---------+---------+--
 *
 * header, HEADER_SIZE bytes
 *    0 u64 magic "HEAPTRC" 0x1A          48 u32 number of heaps         written last when a heap is added
 *    8 u32 version                       52 u32 length of the command   bytes
 *   12 u32 0x01020304                    56 u64 dropped events          could not be written
 *   16 u32 size of this header           64 u32 1: ended in good order
 *   20 u32 size of a chunk               68 u32 mode                    1 all, 2 flight recorder
 *   24 u64 process number                72 u64 position of the newest index; 0 none
 *   32 u64 start of the process          80 u64 overwritten events      by the flight recorder, as it is meant to
 *          milliseconds since 1970      128 .. command                  UTF-8, at most COMMAND_LIMIT bytes
 *   40 u64 begin of the trace          4096 .. heaps                    HEAP_SIZE bytes each
 *          nanoseconds since 1970             0 u32 number   4 u32 side (1 host, 2 device)
 *                                             8 u32 device  16 u64 capacity in bytes  24 u64 address of offset 0
 *
 * piece   +--------------+------------------------------------------+
 *         | piece header | records, entries, or columns             |   a multiple of 64 bytes in all
 *         +--------------+------------------------------------------+
 *            chunk:    raw (codec 0), CHUNK_SIZE bytes, mapped, filled while others read; events, dictionary, block table
 *            finished: written once and never changed; segment (events, codec 1), checkpoint (codec 1), index (codec 0),
 *                      and in an ended trace, which is written once more, a shorter dictionary
 *
 * piece header, PIECE_HEADER_SIZE bytes
 *    0 u32 kind            1 events, 2 dictionary, 3 block table, 4 checkpoint, 5 index; 0 an events chunk that nobody uses
 *    4 u32 heap            of events, block table, checkpoint
 *    8 u64 ordinal         in its lane: 0, 1, 2...
 *   16 u64 first sequence  of its events; checkpoint: of the event behind which it stands; index: position of the index before, or 0
 *   24 u64 last sequence   finished events and checkpoints
 *   32 u32 codec           0 raw, 1 columns
 *   36 u32 stored bytes    with this header; a multiple of 64
 *   40 u32 packed bytes    behind this header in finished pieces; what is left to the stored bytes is filled with zeros
 *   44 u32 raw bytes       finished: RECORD_SIZE for each event or block, PIECE_HEADER_SIZE for each entry of an index
 *   48 u64 generation      of an events chunk, odd while it changes hands; in an entry of an index: position of the piece
 *   56 u64 1               commit word, written last
 *   64 u64 first time      72 u64 last time                            of finished events; checkpoint: both its event's
 *  summary of finished events
 *   80 u64 least live bytes     88 u64 most live bytes   96 u64 live bytes behind its last event
 *  104 u32 live blocks behind its last event            108 u32 most requests that waited at once
 *  112 u32 allocations   116 u32 frees                  120 u32 misuses   124 u32 time-outs
 *  totals before the first event, of events both raw and finished; of a checkpoint: behind its event
 *  128 u64 live bytes    136 u64 live blocks            144 u64 peak of live bytes
 *  152 u64 allocations   160 u64 frees of both kinds    168 u64 of these auto-frees
 *  176 u64 misuses       184 u64 time-outs
 *
 * event, RECORD_SIZE bytes
 *    0 u64 time      nanoseconds since the begin of the trace
 *    8 u64 offset    bytes from the start of the heap
 *   16 u64 argument  by kind
 *   24 u32 size      28 u32 requested     bytes
 *   32 u32 thread    36 u32 stack         40 u32 engine     numbers in the dictionary
 *   44 u32 status    of the API
 *   48 u16 kind      50 u16 heap          52 u16 flag       54 u16 reason
 *   56 u64 sequence  1, 2, 3... in its heap; commit word, written last. Record n of a chunk is there when this is first sequence + n
 *
 * block table entry, RECORD_SIZE bytes
 *    0 u64 sequence  of the event that made the block; commit word, written last; 0: the entry is free
 *    8 u64 offset    16 u64 time
 *   24 u32 size      28 u32 requested     bytes
 *   32 u32 thread    36 u32 stack         40 u32 engine     numbers in the dictionary
 *   44 u32 state     1 live, 2 sending, 3 sent              48 u16 flag
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
	/** The version that this code writes, and the only one that it reads: the first was never released. */
	public static final int VERSION = 2;
	/** How trace files are named. */
	public static final String EXTENSION = ".heaptrace";

	static final long MAGIC = 0x1A435254_50414548L;
	static final int BYTE_ORDER_MARK = 0x01020304;
	static final int HEADER_SIZE = 16 * 1024;
	static final int CHUNK_SIZE = 256 * 1024;

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
	static final int AT_MODE = 68;
	static final int AT_INDEX = 72;
	static final int AT_OVERWRITTEN = 80;
	static final int AT_COMMAND = 128;
	static final int COMMAND_LIMIT = 3968;
	static final int AT_HEAPS = 4096;
	static final int HEAP_SIZE = 64;
	static final int HEAP_LIMIT = (HEADER_SIZE - AT_HEAPS) / HEAP_SIZE;
	static final int MODE_ALL = 1;
	static final int MODE_FLIGHT = 2;

	static final int PIECE_HEADER_SIZE = 192;
	/** What stored bytes are a multiple of. */
	static final int PIECE_UNIT = 64;
	static final int KIND_UNUSED = 0;
	static final int KIND_EVENTS = 1;
	static final int KIND_DICTIONARY = 2;
	static final int KIND_TABLE = 3;
	static final int KIND_CHECKPOINT = 4;
	static final int KIND_INDEX = 5;
	static final int CODEC_RAW = 0;
	static final int CODEC_COLUMNS = 1;
	static final int AT_PIECE_KIND = 0;
	static final int AT_PIECE_HEAP = 4;
	static final int AT_PIECE_ORDINAL = 8;
	static final int AT_PIECE_FIRST = 16;
	static final int AT_PIECE_LAST = 24;
	static final int AT_PIECE_CODEC = 32;
	static final int AT_PIECE_STORED = 36;
	static final int AT_PIECE_PACKED = 40;
	static final int AT_PIECE_RAW = 44;
	static final int AT_PIECE_GENERATION = 48;
	static final int AT_PIECE_COMMIT = 56;
	static final int AT_PIECE_FIRST_TIME = 64;
	static final int AT_PIECE_LAST_TIME = 72;
	static final int AT_SUMMARY_LEAST_LIVE = 80;
	static final int AT_SUMMARY_MOST_LIVE = 88;
	static final int AT_SUMMARY_LIVE = 96;
	static final int AT_SUMMARY_BLOCKS = 104;
	static final int AT_SUMMARY_WAITING = 108;
	static final int AT_SUMMARY_ALLOCATIONS = 112;
	static final int AT_SUMMARY_FREES = 116;
	static final int AT_SUMMARY_MISUSES = 120;
	static final int AT_SUMMARY_TIMEOUTS = 124;
	static final int AT_TOTAL_LIVE = 128;
	static final int AT_TOTAL_BLOCKS = 136;
	static final int AT_TOTAL_PEAK = 144;
	static final int AT_TOTAL_ALLOCATIONS = 152;
	static final int AT_TOTAL_FREES = 160;
	static final int AT_TOTAL_AUTO_FREES = 168;
	static final int AT_TOTAL_MISUSES = 176;
	static final int AT_TOTAL_TIMEOUTS = 184;

	static final int RECORD_SIZE = 64;
	/** Events, or entries of the block table, in a chunk. */
	static final int RECORDS_IN_CHUNK = (CHUNK_SIZE - PIECE_HEADER_SIZE) / RECORD_SIZE;
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

	static final int AT_BLOCK_SEQUENCE = 0;
	static final int AT_BLOCK_OFFSET = 8;
	static final int AT_BLOCK_TIME = 16;
	static final int AT_BLOCK_SIZE = 24;
	static final int AT_BLOCK_REQUESTED = 28;
	static final int AT_BLOCK_THREAD = 32;
	static final int AT_BLOCK_STACK = 36;
	static final int AT_BLOCK_ENGINE = 40;
	static final int AT_BLOCK_STATE = 44;
	static final int AT_BLOCK_FLAG = 48;
	static final int STATE_LIVE = 1;
	static final int STATE_SENDING = 2;
	static final int STATE_SENT = 3;

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

	/** The stored bytes of a finished piece: header and packed bytes, filled up to a multiple of {@link #PIECE_UNIT}. */
	static int stored(int packed) {
		return Math.addExact(PIECE_HEADER_SIZE + PIECE_UNIT - 1, packed) & -PIECE_UNIT;
	}
}
