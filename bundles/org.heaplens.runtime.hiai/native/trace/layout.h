// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/types.h"

#include <cstddef>
#include <cstdint>

/** Where everything stands in a trace file, version 2: docs/trace-format.md in structures. All numbers are little endian. */
namespace heaplens::layout {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "records are written as they stand in memory");

constexpr uint64_t MAGIC = 0x1A43525450414548ULL;
constexpr uint32_t VERSION = 2;
constexpr uint32_t BYTE_ORDER_MARK = 0x01020304;
constexpr size_t HEADER_SIZE = 16 * 1024;
constexpr size_t CHUNK_SIZE = 256 * 1024;
constexpr uint32_t MODE_ALL = 1;
constexpr uint32_t MODE_FLIGHT = 2;
constexpr size_t COMMAND_LIMIT = 3968;

struct HeapDescriptor {
	uint32_t number;
	uint32_t side;
	uint32_t device;
	uint32_t unused;
	uint64_t capacity;
	uint64_t base;
	uint8_t rest[32];
};
static_assert(sizeof(HeapDescriptor) == 64);

struct Header {
	uint64_t magic;
	uint32_t version;
	uint32_t byteOrder;
	uint32_t headerSize;
	uint32_t chunkSize;
	uint64_t process;
	uint64_t processStart;
	uint64_t begun;
	uint32_t heapCount;
	uint32_t commandLength;
	uint64_t dropped;
	uint32_t closed;
	uint32_t mode;
	uint64_t index;
	uint64_t overwritten;
	uint8_t unused[40];
	char command[COMMAND_LIMIT];
	HeapDescriptor heaps[(HEADER_SIZE - 4096) / sizeof(HeapDescriptor)];
};
static_assert(sizeof(Header) == HEADER_SIZE);
static_assert(offsetof(Header, process) == 24 && offsetof(Header, dropped) == 56 && offsetof(Header, command) == 128 &&
              offsetof(Header, heaps) == 4096);
constexpr size_t HEAP_LIMIT = sizeof(Header::heaps) / sizeof(HeapDescriptor);

enum PieceKind : uint32_t { UNUSED = 0, EVENTS = 1, DICTIONARY = 2, TABLE = 3, CHECKPOINT = 4, INDEX = 5 };
constexpr uint32_t CODEC_RAW = 0;
constexpr uint32_t CODEC_COLUMNS = 1;
constexpr size_t PIECE_UNIT = 64;

struct PieceHeader {
	uint32_t kind;
	uint32_t heap;
	uint64_t ordinal;
	uint64_t first;
	uint64_t last;
	uint32_t codec;
	uint32_t stored;
	uint32_t packed;
	uint32_t raw;
	uint64_t generation;
	uint64_t commit;
	uint64_t firstTime;
	uint64_t lastTime;
	uint64_t leastLive;
	uint64_t mostLive;
	uint64_t live;
	uint32_t blocks;
	uint32_t waiting;
	uint32_t allocations;
	uint32_t frees;
	uint32_t misuses;
	uint32_t timeouts;
	struct Totals {
		uint64_t live;
		uint64_t blocks;
		uint64_t peak;
		uint64_t allocations;
		uint64_t frees;
		uint64_t autoFrees;
		uint64_t misuses;
		uint64_t timeouts;
	} totals;
};
static_assert(sizeof(PieceHeader) == 192);
static_assert(offsetof(PieceHeader, stored) == 36 && offsetof(PieceHeader, commit) == 56 && offsetof(PieceHeader, leastLive) == 80 &&
              offsetof(PieceHeader, totals) == 128);

constexpr size_t RECORDS_IN_CHUNK = (CHUNK_SIZE - sizeof(PieceHeader)) / sizeof(Event);

/** An entry of the block table. */
struct TableEntry {
	uint64_t sequence;
	uint64_t offset;
	uint64_t time;
	uint32_t size;
	uint32_t requested;
	uint32_t thread;
	uint32_t stack;
	uint32_t engine;
	uint32_t state;
	uint16_t flag;
	uint8_t unused[14];
};
static_assert(sizeof(TableEntry) == 64);
constexpr uint32_t STATE_LIVE = 1;
constexpr uint32_t STATE_SENDING = 2;
constexpr uint32_t STATE_SENT = 3;

/** A transfer that failed leaves the block with its owner. */
constexpr uint32_t stateAfter(EventKind kind, uint32_t size) {
	return kind == EventKind::SendBegin ? STATE_SENDING : size == 0 ? STATE_LIVE : STATE_SENT;
}

struct EntryHeader {
	uint32_t length;
	uint32_t type;
	uint32_t number;
};
enum EntryType : uint32_t { STRING = 1, THREAD = 2, FRAME = 3, STACK = 4, ENGINE = 5 };

/** Commit words and counters, which another process reads at the same time. */
template <typename T> void release(T& word, T value) {
	__atomic_store_n(&word, value, __ATOMIC_RELEASE);
}

} // namespace heaplens::layout
